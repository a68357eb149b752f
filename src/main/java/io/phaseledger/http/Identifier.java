package io.phaseledger.http;

import com.fasterxml.jackson.databind.JsonNode;

/** What others name a message, a run or a job by, held against what can be stored and found again. */
public final class Identifier {

    /** Characters of one; an index entry holds that many. */
    public static final int LONGEST = 512;

    private Identifier() {}

    /**
     * A text that must be there.
     *
     * @throws Problem 422 {@code required}, {@code invalid_size} or {@code invalid_character}, 400 {@code wrong_type}
     */
    public static String required(JsonNode value, String pointer) {
        if (value.isMissingNode() || value.isNull()) {
            throw Problem.refused(FieldError.at(pointer, "required", "must not be null"));
        }
        if (!value.isTextual()) {
            throw Problem.malformed(FieldError.at(pointer, "wrong_type", "must be a string"));
        }
        return checked(value.textValue(), pointer);
    }

    /** The same text if it can be stored. */
    public static String checked(String text, String pointer) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw Problem.refused(FieldError.at(pointer, "invalid_size", "must have 1 to " + LONGEST + " characters"));
        }
        if (text.codePoints().anyMatch(Identifier::isUnstorable)) {
            throw Problem.refused(
                    FieldError.at(pointer, "invalid_character", "has a control character or half a surrogate pair"));
        }
        return text;
    }

    /** Whether it is a control character or half a surrogate pair. */
    public static boolean isUnstorable(int character) {
        return Character.isISOControl(character)
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }
}

package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a message is known by, held against what can be stored and found again. */
final class MessageId {

    /** Characters of one; an index entry holds that many. */
    static final int LONGEST = 512;

    /** Characters of a key of the ledger's. */
    private static final int LONGEST_KEY = 255;

    private MessageId() {}

    /**
     * A text that must be there.
     *
     * @throws Problem 422 {@code required}, {@code invalid_size} or {@code invalid_character}, 400 {@code wrong_type}
     */
    static String required(JsonNode value, String pointer) {
        if (value.isMissingNode() || value.isNull()) {
            throw Problem.refused(FieldError.at(pointer, "required", "must not be null"));
        }
        if (!value.isTextual()) {
            throw Problem.malformed(FieldError.at(pointer, "wrong_type", "must be a string"));
        }
        return checked(value.textValue(), pointer);
    }

    /** The same text if it can be stored. */
    static String checked(String text, String pointer) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw Problem.refused(FieldError.at(pointer, "invalid_size", "must have 1 to " + LONGEST + " characters"));
        }
        if (text.codePoints().anyMatch(MessageId::isUnstorable)) {
            throw Problem.refused(
                    FieldError.at(pointer, "invalid_character", "has a control character or half a surrogate pair"));
        }
        return text;
    }

    private static boolean isUnstorable(int character) {
        return Character.isISOControl(character)
                || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    /** What identifies a report that does not say which run it is of. */
    static String key(Door door, String id) {
        String key = EnumNames.of(door) + ":" + id;
        return key.length() <= LONGEST_KEY ? key : EnumNames.of(door) + ":sha256:" + sha256(id);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.phaseledger.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Where a page ended, in a form that a client hands back as it is.
 *
 * @param place of the last row in its order: letters, digits, dots and dashes
 * @param selection tells the selection that was asked for from others: 16 hexadecimal digits
 */
public record PageCursor(String place, String selection) {

    private static final Pattern FORM = Pattern.compile("1\\.([A-Za-z0-9.-]+)\\.([0-9a-f]{16})");

    /** Reads a cursor, as the framework asks for a parameter of this type; 400 {@code invalid_cursor}. */
    public static PageCursor fromString(String text) {
        var form = FORM.matcher(decoded(text));
        if (!form.matches()) {
            throw invalid();
        }
        return new PageCursor(form.group(1), form.group(2));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /**
     * The place, in this selection.
     *
     * @throws Problem 400 {@code cursor_mismatch} when it is one of another
     */
    public String placeIn(String wanted) {
        if (!selection.equals(wanted)) {
            throw mismatch("belongs to a request with other filters, or an alias among them has changed");
        }
        return place;
    }

    public static Problem invalid() {
        return refusal("invalid_cursor", "is not a cursor that was given out");
    }

    public static Problem mismatch(String detail) {
        return refusal("cursor_mismatch", detail);
    }

    private static Problem refusal(String code, String detail) {
        return Problem.malformed(FieldError.parameter("cursor", code, detail));
    }

    /** As it is given out. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("1." + place + "." + selection).getBytes(US_ASCII));
    }
}

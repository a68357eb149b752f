package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a list of rejected messages, in a form that a client hands back as it is. */
final class RejectionCursor {

    private static final Pattern FORM = Pattern.compile("1\\.([a-z]+)\\.([0-9a-f-]{36})");

    private RejectionCursor() {}

    /** @param selection a word for the filters */
    static String of(UUID last, String selection) {
        String text = "1." + selection + "." + last;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
    }

    /**
     * The last message of the page before.
     *
     * @throws Problem 400 when it is no cursor, or one of another selection
     */
    static UUID parse(String cursor, String selection) {
        Matcher form = FORM.matcher(decoded(cursor));
        if (!form.matches()) {
            throw bad("invalid_cursor", "is not a cursor that was given out");
        }
        if (!form.group(1).equals(selection)) {
            throw bad("cursor_mismatch", "belongs to a request with other filters");
        }
        try {
            return UUID.fromString(form.group(2));
        } catch (IllegalArgumentException e) {
            throw bad("invalid_cursor", "is not a cursor that was given out");
        }
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Problem bad(String code, String detail) {
        return Problem.malformed(FieldError.parameter("cursor", code, detail));
    }
}

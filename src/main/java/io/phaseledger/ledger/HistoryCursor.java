package io.phaseledger.ledger;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in one selection's order, in a form that a client hands back as it is. */
final class HistoryCursor {

    private static final Pattern FORM = Pattern.compile("1\\.(ASC|DESC)\\.(\\d{1,18})\\.([0-9a-f]{16})");

    private HistoryCursor() {}

    static String of(HistoryTable.Place place, Conditions conditions) {
        String text = "1." + place.order() + "." + place.position() + "." + conditions.fingerprint();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The place that a cursor stands for.
     *
     * @throws Problem 400 when it is no cursor, or one of another selection
     */
    static HistoryTable.Place parse(String cursor, Conditions conditions) {
        Matcher form = FORM.matcher(decoded(cursor));
        if (!form.matches()) {
            throw bad("invalid_cursor", "is not a cursor that was given out");
        }
        if (!form.group(3).equals(conditions.fingerprint())) {
            throw mismatch("belongs to a request with other filters, or an alias among them has changed");
        }
        return new HistoryTable.Place(HistoryTable.Order.valueOf(form.group(1)), Long.parseLong(form.group(2)));
    }

    static Problem mismatch(String detail) {
        return bad("cursor_mismatch", detail);
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Problem bad(String code, String detail) {
        return Problem.malformed(FieldError.parameter("cursor", code, detail));
    }
}

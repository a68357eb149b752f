package io.phaseledger.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An instant as Python's {@code isoformat} writes it.
 *
 * <p>One that has no zone is UTC: the pipeline's jobs run in UTC and write {@code datetime.utcnow().isoformat()}, or
 * {@code datetime.now(timezone.utc).isoformat()}, which says so. A POST refuses such a text; its sender can be asked, and
 * what these mean is known.
 */
final class PublishedInstant {

    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)" + " ?(UTC|Z|[+-]\\d{2}:\\d{2})?");

    private PublishedInstant() {}

    /** As RFC 3339; what has no such form stays as it is, for the ledger to refuse. */
    static String rfc3339(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String zone = parts.group(3);
        return parts.group(1) + "T" + parts.group(2) + (zone == null || zone.equals("UTC") ? "Z" : zone);
    }
}

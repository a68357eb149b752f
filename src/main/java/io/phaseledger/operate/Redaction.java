package io.phaseledger.operate;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a request may be written down, in the log and in traces.
 *
 * <p>Callers put credentials where they do not belong: into the query, as other services take them, or into the path or a
 * field of the body by mistake. Of a query only the names are kept, and keys and tokens are known by their form anywhere.
 */
final class Redaction {

    /** A key of ours after its public part, and a JWT after its first few characters. */
    private static final Pattern SECRET =
            Pattern.compile("(plk_[a-z2-7]{12}_|\\beyJ[A-Za-z0-9]{4})[A-Za-z0-9_-]{8,}(\\.[A-Za-z0-9_.-]*)?");

    private Redaction() {}

    /** A URI without the values of its query. */
    static String uri(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? text(uri) : text(uri.substring(0, query)) + "?" + query(uri.substring(query + 1));
    }

    /** The names of a query, in their order. */
    static String query(String query) {
        return text(Arrays.stream(query.split("&", -1))
                .map(parameter -> parameter.split("=", 2)[0])
                .collect(Collectors.joining("&")));
    }

    /** A text without the secrets that are known by their form. */
    static String text(String text) {
        return SECRET.matcher(text).replaceAll("$1…");
    }
}

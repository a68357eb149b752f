package io.phaseledger.gate;

import io.phaseledger.http.Problem;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a caller has already, by their tags: If-None-Match (RFC 9110, section 13.1.2), compared weakly.
 *
 * @param values of the tags; null when the caller did not say
 */
record KnownTags(@Nullable Set<String> values) {

    private static final String ANY = "*";

    /**
     * Reads the conditions of a request.
     *
     * @throws Problem 412 for an If-Match: it compares strongly, and an answer has only a weak tag
     */
    static KnownTags of(HttpHeaders headers) {
        List<String> mustMatch = values(headers, "If-Match");
        if (!mustMatch.isEmpty() && !mustMatch.contains(ANY)) {
            throw Problem.of(
                    412, "precondition_failed", "An answer has only a weak ETag, which If-Match never matches.");
        }
        List<String> known = values(headers, "If-None-Match");
        return new KnownTags(
                known.isEmpty() ? null : known.stream().map(KnownTags::opaque).collect(Collectors.toSet()));
    }

    boolean isGiven() {
        return values != null;
    }

    boolean contain(EntityTag tag) {
        return values != null && (values.contains(tag.getValue()) || values.contains(ANY));
    }

    private static List<String> values(HttpHeaders headers, String name) {
        return headers.getRequestHeader(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String opaque(String tag) {
        String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        return strong.length() > 1 && strong.startsWith("\"") && strong.endsWith("\"")
                ? strong.substring(1, strong.length() - 1)
                : strong;
    }
}

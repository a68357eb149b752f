package io.phaseledger.http;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is wrong with a URL that is none, and in which of its parameters. */
final class MalformedUrl {

    private static final String CODE = "malformed_url";
    private static final char LAST_ASCII = 0x7E;

    /** How long a byte is, percent-encoded. */
    private static final int ESCAPE = 3;

    private MalformedUrl() {}

    /**
     * Where the framework would read something else than what was meant, or what nobody agrees on: a semicolon begins a
     * parameter of the path, which would be passed over, or ends one of the query; what is not ASCII would be Latin-1.
     */
    static OptionalInt misread(String url) {
        return IntStream.range(0, url.length())
                .filter(at -> url.charAt(at) == ';' || url.charAt(at) > LAST_ASCII)
                .findFirst();
    }

    /** @param at the first character that cannot be read, from 0 */
    static Problem problem(String url, int at) {
        int query = url.indexOf('?');
        var detail = "the URL cannot be read from its character " + (at + 1) + " on, " + Quoted.of(wrong(url, at))
                + "; percent-encode what is not plain (RFC 3986)";
        return query < 0 || at <= query
                ? Problem.of(Problem.MALFORMED, CODE, detail)
                : Problem.malformed(
                        FieldError.parameter(parameter(url.substring(query + 1), at - query - 1), CODE, detail));
    }

    /** No more of it than says what is wrong: what is refused is in the log, and a value may be a secret. */
    private static String wrong(String url, int at) {
        var rest = url.substring(Math.min(at, url.length()));
        if (rest.startsWith("%")) {
            return rest.substring(0, Math.min(ESCAPE, rest.length()));
        }
        var text = new String(rest.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(0, 1));
    }

    private static String parameter(String query, int at) {
        int start = query.lastIndexOf('&', at - 1) + 1;
        int end = query.indexOf('=', start);
        return end < 0 || end > at ? query.substring(start, at) : query.substring(start, end);
    }
}

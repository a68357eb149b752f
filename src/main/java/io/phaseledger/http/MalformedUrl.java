package io.phaseledger.http;

/** What is wrong with a URL that is none, and in which of its parameters. */
final class MalformedUrl {

    private static final String CODE = "malformed_url";

    private MalformedUrl() {}

    /** @param at the first character that cannot be read, from 0 */
    static Problem problem(String url, int at) {
        int query = url.indexOf('?');
        var detail = "the URL cannot be read from " + Quoted.of(url.substring(Math.min(at, url.length())))
                + " on; percent-encode what is not plain (RFC 3986)";
        return query < 0 || at <= query
                ? Problem.of(Problem.MALFORMED, CODE, detail)
                : Problem.malformed(
                        FieldError.parameter(parameter(url.substring(query + 1), at - query - 1), CODE, detail));
    }

    private static String parameter(String query, int at) {
        int start = query.lastIndexOf('&', at - 1) + 1;
        int end = query.indexOf('=', start);
        return end < 0 || end > at ? query.substring(start, at) : query.substring(start, end);
    }
}

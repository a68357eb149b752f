package io.phaseledger;

import java.util.List;

/** What a hostile client puts in the place of methods, media types, headers and targets. */
final class HostileWords {

    static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW", "CONNECT", "get");

    static final List<String> TYPES = List.of(
            "text/plain",
            "application/x-ndjson",
            "application/jsonl",
            "application/json; charset=utf-16",
            "*/*",
            "",
            "nonsense",
            "application/",
            "multipart/form-data",
            "application/octet-stream",
            "application/json;;;=");

    static final List<String> HOSTS = List.of(
            "Host:",
            "Host: a b",
            "Host: [::1",
            "Host: x:99999",
            "Host: a/b",
            "Host: a@b",
            "Host: [v1.a]",
            "Host: \u00fc");

    static final List<String> HEADERS = List.of(
            "Accept: image/png",
            "Accept: ;;;",
            "Accept: text/csv",
            "Accept: application/x-ndjson",
            "Accept: */*;q=x",
            "Accept-Language: ;;q=x",
            "Accept-Charset: x;q=",
            "If-Match: zzz",
            "If-Match: *",
            "If-None-Match: \"",
            "If-None-Match: *",
            "If-Modified-Since: never",
            "Range: bytes=9-1",
            "Expect: 100-continue",
            "Expect: tea",
            "Content-Encoding: gzip",
            "Content-Encoding: br",
            "Idempotency-Key: \u00e9",
            "Idempotency-Key:",
            "Cookie: =;=",
            "X-Forwarded-For: \"",
            "Forwarded: for=;;host=@",
            "X-HTTP-Method-Override: DELETE",
            "Upgrade: websocket",
            "Authorization: Bearer x",
            "Authorization: \u00fc",
            "Host: other",
            "TE: trailers",
            "Content-Type: text/xml",
            "Origin: null",
            "X-Request-Id: a b",
            "traceparent: 00-zz-zz-zz",
            "Transfer-Encoding: gzip",
            "Content-Length: 5",
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: chunked",
            "Bad Header: x",
            "NoColon",
            ": empty");

    static final List<String> TARGETS = List.of(
            "/v1/policies/%zz",
            "/v1/%2e%2e/v1/policies",
            "//v1//policies",
            "/v1/policies/a%00b",
            "/v1/policies/%ff",
            "/v1/readiness/phase4/2026-02-02;a=b",
            "*",
            "http://[::1/v1",
            "http://other:99999/v1/policies/none",
            "https://other/v1/policies/none",
            "/v1/completions?%=%&&==",
            "/v1/policies/\u00e9",
            "/v1/completion",
            "/v1/policy/phase4",
            "/../../etc/passwd",
            "/v1/slates/2026-02-16/x",
            "/",
            "/q/nope",
            "v1");

    private HostileWords() {}
}

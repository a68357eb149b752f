package io.phaseledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** A request as it goes over the wire, right in its form and in nothing else. */
public final class RawRequest {

    private final String method;
    private final String target;
    private final List<String> headers;
    private final byte[] body;

    private RawRequest(String method, String target, List<String> headers, byte[] body) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    List<String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    public static RawRequest of(String method, String target) {
        return new RawRequest(method, target, List.of("Host: 127.0.0.1", "Connection: close"), new byte[0]);
    }

    public RawRequest with(String header, String value) {
        return with(header + ": " + value);
    }

    /** The same with another header, as a whole line of whatever form. */
    public RawRequest with(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new RawRequest(method, target, more, body);
    }

    public RawRequest without(String header) {
        List<String> fewer =
                headers.stream().filter(line -> !line.startsWith(header + ":")).toList();
        return new RawRequest(method, target, fewer, body);
    }

    public RawRequest withMethod(String other) {
        return new RawRequest(other, target, headers, body);
    }

    public RawRequest withTarget(String other) {
        return new RawRequest(method, other, headers, body);
    }

    public RawRequest withBody(byte[] bytes) {
        return new RawRequest(method, target, headers, bytes).with("Content-Length", Integer.toString(bytes.length));
    }

    /** With a body that says nothing of its length. */
    public RawRequest withBytes(byte[] bytes) {
        return new RawRequest(method, target, headers, bytes);
    }

    public byte[] bytes() {
        byte[] head = (method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}

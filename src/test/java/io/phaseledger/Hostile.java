package io.phaseledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** What goes over the wire. */
final class Hostile {

    private final byte[] bytes;
    private final boolean leaves;

    Hostile(byte[] bytes, boolean leaves) {
        this.bytes = bytes;
        this.leaves = leaves;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether the client leaves when there is no answer: it may have announced more than it sent. */
    boolean leaves() {
        return leaves;
    }

    /** The first words of the first line, if there are any. */
    String method() {
        return line()[0];
    }

    /** The path without its query, and without the detours that a server takes out. */
    String path() {
        String target = line().length < 2 ? "" : line()[1];
        return target.replaceAll("\\?.*", "").replaceAll("/+", "/").replace("/v1/%2e%2e/", "/");
    }

    /** As a lenient server takes it apart (RFC 9112, section 3), which ours is. */
    private String[] line() {
        String text = new String(bytes, ISO_8859_1).replaceFirst("^[\\x00-\\x20]+", "");
        return text.split("\r?\n", 2)[0].split("[ \\t\\x0b\\f\r]+", 3);
    }

    @Override
    public String toString() {
        String text = new String(bytes, ISO_8859_1);
        return String.format(
                Locale.ROOT, "%s%s", text.substring(0, Math.min(text.length(), 1_500)), leaves ? "<leaves>" : "");
    }
}

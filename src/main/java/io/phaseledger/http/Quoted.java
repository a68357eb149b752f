package io.phaseledger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text of a client's as it may be repeated in an answer: short, and writable as UTF-8. */
final class Quoted {

    /** How many characters of a name or value are repeated. */
    private static final int LONGEST = 80;

    private Quoted() {}

    static String of(String text) {
        return "`" + cut(text) + "`";
    }

    /** The beginning of a text that may be long. */
    static String cut(String text) {
        return writable(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
    }

    /** Half a surrogate pair cannot be written; it becomes a question mark. */
    static String writable(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}

package io.phaseledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came over the wire.
 *
 * @param headers by their names in lower case
 */
public record RawAnswer(int status, Map<String, String> headers, String body) {

    private static final int FIRST_FINAL = 200;
    private static final Parsed CUT_OFF = new Parsed(null, 0);
    private static final Set<Integer> WITHOUT_BODY = Set.of(100, 101, 204, 304);

    /**
     * The answers in what was received, without those that only announce another (100 Continue).
     *
     * @param left whether the client went before the end, so that the last answer may be cut off; it is left out then
     */
    static List<RawAnswer> all(byte[] received, boolean left) {
        List<RawAnswer> answers = new ArrayList<>();
        String text = new String(received, ISO_8859_1);
        int at = 0;
        while (at < text.length()) {
            int head = text.indexOf("\r\n\r\n", at);
            Parsed parsed = head < 0 ? CUT_OFF : parsed(text.substring(at, head), text, head + 4, left);
            if (parsed.answer() == null) {
                assertTrue(left, () -> "no whole answer: " + text);
                return answers;
            }
            if (parsed.answer().status() >= FIRST_FINAL) {
                answers.add(parsed.answer());
            }
            at = parsed.end();
        }
        return answers;
    }

    private static Parsed parsed(String head, String text, int from, boolean left) {
        List<String> lines = Arrays.asList(head.split("\r\n"));
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(":", 2);
            headers.put(parts[0].trim().toLowerCase(Locale.ROOT), parts[1].trim());
        }
        int status = Integer.parseInt(lines.get(0).split(" ", 3)[1]);
        if (headers.containsKey("transfer-encoding") && from < text.length()) {
            return chunked(status, headers, text, from);
        }
        boolean toTheEnd = !headers.containsKey("content-length") && !WITHOUT_BODY.contains(status);
        int end = toTheEnd ? text.length() : from + Integer.parseInt(headers.getOrDefault("content-length", "0"));
        boolean toHead = from == text.length() && !left; // An answer to HEAD has the length of what it has not.
        if (end > text.length() && !toHead) {
            return CUT_OFF;
        }
        String body = text.substring(from, Math.min(end, text.length()));
        return new Parsed(new RawAnswer(status, headers, utf8(body)), end);
    }

    private static Parsed chunked(int status, Map<String, String> headers, String text, int from) {
        StringBuilder body = new StringBuilder();
        int at = from;
        int size = -1;
        while (size != 0) {
            int line = text.indexOf("\r\n", at);
            size = line < 0 ? 0 : Integer.parseInt(text.substring(at, line).trim(), 16);
            if (line < 0 || line + 2 + size + 2 > text.length()) {
                return CUT_OFF;
            }
            body.append(text, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
        return new Parsed(new RawAnswer(status, headers, utf8(body.toString())), at);
    }

    private static String utf8(String latin1) {
        return new String(latin1.getBytes(ISO_8859_1), UTF_8);
    }

    /** Without its parameters; null when there is none. */
    @Nullable
    public String mediaType() {
        String type = headers.get("content-type");
        return type == null ? null : type.replaceAll(";.*", "").trim();
    }

    /** An answer and where the next one begins; none where it is cut off. */
    private record Parsed(@Nullable RawAnswer answer, int end) {}
}

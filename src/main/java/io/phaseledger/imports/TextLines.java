package io.phaseledger.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a body that are not blank; they end with LF or CRLF, and the last may end with the body. */
final class TextLines extends JsonLines {

    private final InputStream body;
    private final String marker;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    TextLines(Json json, InputStream body, int limit, String marker) {
        super(json, limit);
        this.body = body;
        this.marker = marker;
    }

    @Override
    @Nullable
    Line read() throws IOException {
        while (hasMore()) {
            number++;
            if (!readLine()) {
                return tooLong();
            }
            byte[] text = line.toByteArray();
            if (!isBlank(text)) {
                return line(text.length, () -> tree(text));
            }
        }
        return null;
    }

    /** Takes a line; whether it is within the limit. What is beyond it is passed over, and not held. */
    private boolean readLine() throws IOException {
        line.reset();
        boolean fits = true;
        boolean ended = false;
        while (!ended && hasMore()) {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            fits &= line.size() + (at - from) <= limit;
            if (fits) {
                line.write(buffer, from, at - from);
            }
            ended = at < end;
            at += ended ? 1 : 0;
        }
        return fits;
    }

    private boolean hasMore() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, body.read(buffer));
        }
        return at < end;
    }

    private static boolean isBlank(byte[] text) {
        for (byte octet : text) {
            if (!isBlank(octet)) {
                return false;
            }
        }
        return true;
    }

    private JsonNode tree(byte[] text) {
        try {
            return json.tree(text);
        } catch (Problem e) {
            String log = new String(text, UTF_8);
            int at = marker.isEmpty() ? -1 : log.indexOf(marker);
            if (at < 0) {
                throw e;
            }
            return json.tree(log.substring(at + marker.length()).getBytes(UTF_8));
        }
    }
}

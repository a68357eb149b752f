package io.phaseledger.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.phaseledger.http.BodyReading;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A body of many JSON values, read one at a time: a value a line (NDJSON), or the elements of one array.
 *
 * <p>It is an array if its first byte that is not white space is an opening bracket and something follows that can begin
 * a row; a log line may begin with a bracket too ({@code [2026-02-03 07:00:00]}).
 */
public final class JsonLines {

    /** What says that a value was no JSON, so that in an array nobody can tell where the next one begins. */
    private static final Set<String> BROKEN = Set.of("malformed_json", "trailing_content");

    /** What may follow an array's bracket: a row, the end, or what is at least no log line. */
    private static final String ARRAY_GOES_ON = "{]\"[";

    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final Json json;
    private final int limit;
    private final String marker;
    private final Rows rows;
    private long last;

    private JsonLines(Json json, int limit, String marker, Rows rows) {
        this.json = json;
        this.limit = limit;
        this.marker = marker;
        this.rows = rows;
    }

    /**
     * Lines, whatever they begin with.
     *
     * @param limit of one value, in bytes
     */
    public static JsonLines ofLines(Json json, InputStream body, int limit) {
        Lookahead bytes = new Lookahead(body);
        try {
            skipByteOrderMark(bytes);
            return new JsonLines(json, limit, "", new LineRows(bytes, limit, 0));
        } catch (IOException e) {
            throw BodyReading.brokeOff(e);
        }
    }

    /**
     * Lines or an array, as the body begins.
     *
     * @param limit of one value, in bytes
     * @param marker of a line that is no JSON as a whole: its JSON is what follows the marker; empty for none
     */
    public static JsonLines of(Json json, InputStream body, int limit, String marker) {
        try {
            return new JsonLines(json, limit, marker, rows(new Lookahead(body), limit));
        } catch (IOException e) {
            throw BodyReading.brokeOff(e);
        }
    }

    private static Rows rows(Lookahead body, int limit) throws IOException {
        skipByteOrderMark(body);
        long lines = 0;
        while (RowText.isBlank(body.peek())) {
            lines += body.take() == '\n' ? 1 : 0;
        }
        return isArray(body) ? new ArrayRows(body, limit) : new LineRows(body, limit, lines);
    }

    private static void skipByteOrderMark(Lookahead body) throws IOException {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (body.peek(i) != BYTE_ORDER_MARK[i]) {
                return;
            }
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            body.take();
        }
    }

    private static boolean isArray(Lookahead body) throws IOException {
        if (body.peek() != '[') {
            return false;
        }
        int after = 1;
        while (after < Lookahead.FARTHEST - 1 && RowText.isBlank(body.peek(after))) {
            after++;
        }
        int next = body.peek(after);
        return next < 0 || ARRAY_GOES_ON.indexOf(next) >= 0;
    }

    /**
     * The next value, or why there is none on this line; null after the last.
     *
     * @throws Problem 400 {@code body_incomplete} when the connection ends before the body
     */
    public @Nullable Line next() {
        try {
            RowText text = rows.next();
            last = text == null ? last : rows.number();
            return text == null ? null : line(text);
        } catch (IOException e) {
            throw BodyReading.brokeOff(e);
        }
    }

    /** The number of the last value that was read; 0 before the first. */
    public long last() {
        return last;
    }

    private Line line(RowText text) throws IOException {
        byte[] bytes = text.bytes();
        try {
            return new Line(rows.number(), bytes.length, tree(text, bytes), null);
        } catch (Problem e) {
            if (BROKEN.contains(e.code())) {
                rows.lost();
            }
            return new Line(rows.number(), bytes.length, MissingNode.getInstance(), e);
        }
    }

    private JsonNode tree(RowText text, byte[] bytes) {
        if (text.isTooLong()) {
            throw Problem.refused(FieldError.at("", "line_too_long", "is longer than " + limit + " bytes"));
        }
        if (text.isBlank()) {
            throw Problem.malformed(FieldError.at(
                    "",
                    "malformed_json",
                    "is not there: the array has a comma too many, no end, or more after its end"));
        }
        return marked(bytes);
    }

    private JsonNode marked(byte[] bytes) {
        try {
            return json.tree(bytes);
        } catch (Problem e) {
            String line = new String(bytes, UTF_8);
            int at = marker.isEmpty() ? -1 : line.indexOf(marker);
            if (at < 0) {
                throw e;
            }
            return json.tree(line.substring(at + marker.length()).getBytes(UTF_8));
        }
    }

    /** One value, or why there is none. */
    public static final class Line {

        private final long number;
        private final int size;
        private final JsonNode tree;
        private final @Nullable Problem fault;

        private Line(long number, int size, JsonNode tree, @Nullable Problem fault) {
            this.number = number;
            this.size = size;
            this.tree = tree;
            this.fault = fault;
        }

        /** Its line, or its place in the array; both from 1. */
        public long number() {
            return number;
        }

        /** How much of it was held, in bytes. */
        public int size() {
            return size;
        }

        /**
         * The value.
         *
         * @throws Problem 400 when it is not JSON, 422 {@code line_too_long}
         */
        public JsonNode tree() {
            if (fault != null) {
                throw fault;
            }
            return tree;
        }
    }
}

package io.phaseledger.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body of many JSON values, read one at a time: a value a line (NDJSON), or the elements of one array.
 *
 * <p>It is an array if its first line that is not blank begins with an opening bracket and something follows that can begin
 * a row; a log line may begin with a bracket too ({@code [2026-02-03 07:00:00]}). Lines of text that stand above an array
 * are passed over if they have no brace and so no row: {@code bq} prints the status of its query there.
 */
public abstract sealed class JsonLines permits TextLines, ArrayElements {

    /** What may follow an array's bracket: a row, the end, or what is at least no log line. */
    private static final String ARRAY_GOES_ON = "{]\"[";

    /** How much of a body is held at once, in bytes. */
    static final int BUFFER = 1 << 16;

    /** How much may come before what shows whether a body is an array, and between that and its first row, in bytes. */
    private static final int MOST_BEFORE = BUFFER / 2;

    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    final Json json;
    final int limit;
    long number;

    JsonLines(Json json, int limit) {
        this.json = json;
        this.limit = limit;
    }

    /**
     * Lines, whatever they begin with.
     *
     * @param limit of one value, in bytes
     */
    public static JsonLines ofLines(Json json, InputStream body, int limit) {
        try {
            return new TextLines(json, withoutMark(body), limit, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
            BufferedInputStream start = withoutMark(body);
            return isArray(start) ? new ArrayElements(json, start, limit) : new TextLines(json, start, limit, marker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedInputStream withoutMark(InputStream body) throws IOException {
        BufferedInputStream start = new BufferedInputStream(body, BUFFER);
        start.mark(BYTE_ORDER_MARK.length);
        for (int octet : BYTE_ORDER_MARK) {
            if (start.read() != octet) {
                start.reset();
                return start;
            }
        }
        return start;
    }

    /** Goes to the bracket of an array; where there is none, to the beginning. */
    private static boolean isArray(BufferedInputStream body) throws IOException {
        body.mark(BUFFER + 2);
        int before = beforeArray(body);
        body.reset();
        body.skipNBytes(Math.max(0, before));
        return before >= 0;
    }

    /** How many bytes stand before the bracket; negative where there is none. */
    private static int beforeArray(InputStream body) throws IOException {
        boolean beginsLine = true;
        for (int before = 0; before < MOST_BEFORE; before++) {
            int next = body.read();
            if (next == '[' && beginsLine) {
                return goesOn(afterBlanks(body)) ? before : -1;
            }
            if (next < 0 || next == '{') {
                return -1;
            }
            beginsLine = next == '\n' || next == '\r' || (beginsLine && isBlank(next));
        }
        return -1;
    }

    private static int afterBlanks(InputStream body) throws IOException {
        int next = body.read();
        for (int blanks = 1; blanks < MOST_BEFORE && isBlank(next); blanks++) {
            next = body.read();
        }
        return next;
    }

    private static boolean goesOn(int next) {
        return next < 0 || ARRAY_GOES_ON.indexOf(next) >= 0;
    }

    static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /** The next value, or why there is none on this line; null after the last. What the body throws is thrown on. */
    public final @Nullable Line next() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    abstract @Nullable Line read() throws IOException;

    /** The number of the last value that was read; 0 before the first. */
    public final long last() {
        return number;
    }

    final Line refused(int size, Problem fault) {
        return new Line(number, size, MissingNode.getInstance(), fault);
    }

    final Line tooLong() {
        return refused(
                limit, Problem.refused(FieldError.at("", "line_too_long", "is longer than " + limit + " bytes")));
    }

    /** What a text of this length says, or why it says nothing. */
    final Line line(int size, Supplier<JsonNode> tree) {
        try {
            return new Line(number, size, tree.get(), null);
        } catch (Problem e) {
            return refused(size, e);
        }
    }

    /**
     * One value, or why there is none.
     *
     * @param number its line, or its place in the array; both from 1
     * @param size how much of it was held, in bytes
     */
    public record Line(
            long number, int size, JsonNode tree, @Nullable Problem fault) {

        /**
         * The value.
         *
         * @throws Problem 400 when it is not JSON, 422 {@code line_too_long}
         */
        @Override
        public JsonNode tree() {
            if (fault != null) {
                throw fault;
            }
            return tree;
        }
    }
}

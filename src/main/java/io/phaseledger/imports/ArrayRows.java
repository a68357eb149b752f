package io.phaseledger.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON array, found by counting brackets outside of strings.
 *
 * <p>What each element says is for a parser of its own, so one that is too long can be passed over without being held.
 */
final class ArrayRows implements Rows {

    private final Lookahead body;
    private final int limit;
    private long number;
    private boolean closed;
    private boolean ended;

    /**
     * @param body whose next byte is the opening bracket
     * @param limit of an element, in bytes
     */
    ArrayRows(Lookahead body, int limit) throws IOException {
        this.body = body;
        this.limit = limit;
        body.take();
        skipBlanks();
        if (body.peek() == ']') {
            body.take();
            close();
        }
    }

    @Override
    public @Nullable RowText next() throws IOException {
        if (ended) {
            return null;
        }
        number++;
        skipBlanks();
        RowText element = element();
        if (!closed && body.take() == ']') {
            close();
        }
        return element;
    }

    /** Up to the comma or bracket that ends it; blank where none can be, as at the end of a body that was cut off. */
    private RowText element() throws IOException {
        RowText element = new RowText(limit);
        Nesting nesting = new Nesting();
        for (int next = body.peek(); !closed && next >= 0 && !nesting.endsElement(next); next = body.peek()) {
            nesting.pass(next);
            element.add(body.take());
        }
        return element;
    }

    /** The bracket is taken. Whatever follows it counts as one more element, which cannot be read. */
    private void close() throws IOException {
        closed = true;
        skipBlanks();
        ended = body.peek() < 0;
    }

    private void skipBlanks() throws IOException {
        while (RowText.isBlank(body.peek())) {
            body.take();
        }
    }

    @Override
    public long number() {
        return number;
    }

    /** What follows broken JSON may be anything, so nothing of it is taken for a row. */
    @Override
    public void lost() throws IOException {
        ended = true;
        body.drain();
    }

    /** How deep a byte lies, and whether in a string. */
    private static final class Nesting {

        private long depth;
        private boolean inString;
        private boolean escaped;

        boolean endsElement(int next) {
            return depth == 0 && !inString && (next == ',' || next == ']');
        }

        void pass(int next) {
            if (inString) {
                inString = escaped || next != '"';
                escaped = !escaped && next == '\\';
            } else if (next == '"') {
                inString = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        }
    }
}

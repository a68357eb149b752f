package io.phaseledger.imports;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of a body that are not blank; they end with LF or CRLF, and the last may end with the body. */
final class LineRows implements Rows {

    private final Lookahead body;
    private final int limit;
    private long number;

    /**
     * @param limit of a line, in bytes
     * @param before how many lines were taken already
     */
    LineRows(Lookahead body, int limit, long before) {
        this.body = body;
        this.limit = limit;
        this.number = before;
    }

    @Override
    public @Nullable RowText next() throws IOException {
        while (body.peek() >= 0) {
            number++;
            RowText line = line();
            if (!line.isBlank() || line.isTooLong()) {
                return line;
            }
        }
        return null;
    }

    private RowText line() throws IOException {
        RowText line = new RowText(limit);
        for (int next = body.take(); next >= 0 && next != '\n'; next = body.take()) {
            if (next != '\r' || !endsHere()) {
                line.add(next);
            }
        }
        return line;
    }

    private boolean endsHere() throws IOException {
        return body.peek() < 0 || body.peek() == '\n';
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public void lost() {
        // The next line begins where it always did.
    }
}

package io.phaseledger.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What one commit of an import takes of a body, with the lines that it came from.
 *
 * @param <T> what a line is read as
 */
public final class LinePage<T> {

    /** How much text the values of one page may have come from; ten thousand completions of the usual size are half of it. */
    private static final long MAX_BYTES = 8L << 20;

    private final List<T> values = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private long bytes;

    private LinePage() {}

    /**
     * Reads the next page; an empty one is the end.
     *
     * @param most values of a page
     * @param reader makes a value of a line's tree; a line of which it throws a {@link Problem} is counted as rejected
     * @throws Problem 400 {@code body_incomplete} when the body breaks off
     */
    public static <T> LinePage<T> read(JsonLines lines, int most, Function<JsonNode, T> reader, Tally tally) {
        LinePage<T> page = new LinePage<>();
        while (page.values.size() < most && page.bytes < MAX_BYTES) {
            JsonLines.Line line = lines.next();
            if (line == null) {
                return page;
            }
            page.take(line, reader, tally);
        }
        return page;
    }

    private void take(JsonLines.Line line, Function<JsonNode, T> reader, Tally tally) {
        try {
            values.add(reader.apply(line.tree()));
            numbers.add(line.number());
            bytes += line.size();
        } catch (Problem e) {
            tally.rejected(line.number(), e);
        }
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public List<T> values() {
        return values;
    }

    /**
     * Counts what became of each value.
     *
     * @param outcomes in the order of the values
     */
    public void count(List<? extends Tally.Outcome> outcomes, Tally tally) {
        for (int i = 0; i < outcomes.size(); i++) {
            tally.count(numbers.get(i), outcomes.get(i));
            tally.reached(numbers.get(i));
        }
    }
}

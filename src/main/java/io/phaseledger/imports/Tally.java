package io.phaseledger.imports;

import io.phaseledger.http.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The count of an import so far. */
public final class Tally {

    private final int rejectedLimit;
    private final List<RejectedLine> rejected = new ArrayList<>();
    private long recorded;
    private long replayed;
    private long rejectedCount;
    private long lastLine;

    /** @param rejectedLimit how many of the rejected lines are kept; all are counted */
    public Tally(int rejectedLimit) {
        this.rejectedLimit = rejectedLimit;
    }

    void count(long line, Outcome outcome) {
        Problem problem = outcome.problem();
        if (problem != null) {
            rejected(line, problem);
        } else if (outcome.isNew()) {
            recorded++;
        } else {
            replayed++;
        }
    }

    void rejected(long line, Problem problem) {
        rejectedCount++;
        if (rejected.size() < rejectedLimit) {
            rejected.add(RejectedLine.of(line, problem));
        }
    }

    /** All lines up to this one, counted from 1, have been counted. */
    public void reached(long line) {
        lastLine = Math.max(lastLine, line);
    }

    /** What there is so far, without the lines. */
    public Counts counts() {
        return new Counts(recorded, replayed, rejectedCount, lastLine);
    }

    /** The lines in their order, though what is wrong with some turns up only at the commit. */
    public ImportView view() {
        List<RejectedLine> lines = rejected.stream()
                .sorted(Comparator.comparingLong(RejectedLine::line))
                .toList();
        return new ImportView(recorded + replayed + rejectedCount, recorded, replayed, rejectedCount, lines);
    }

    /** What became of a value. */
    public interface Outcome {

        /** Why it was not taken; null when it was. */
        @Nullable
        Problem problem();

        /** Whether it is a row that was not there before. */
        boolean isNew();
    }

    /**
     * Counts of lines.
     *
     * @param lastLine the line, from 1, up to which they are complete
     */
    public record Counts(long recorded, long replayed, long rejected, long lastLine) {

        public static final Counts NONE = new Counts(0, 0, 0, 0);

        public long read() {
            return recorded + replayed + rejected;
        }
    }
}

package io.phaseledger.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The count of an import so far. */
public final class Tally {

    private final int rejectedLimit;
    private final List<RejectedLine> rejected = new ArrayList<>();
    private long recorded;
    private long replayed;
    private long rejectedCount;

    /** @param rejectedLimit how many of the rejected lines are kept; all are counted */
    public Tally(int rejectedLimit) {
        this.rejectedLimit = rejectedLimit;
    }

    public void recorded() {
        recorded++;
    }

    public void replayed() {
        replayed++;
    }

    public void rejected(long line, Problem problem) {
        rejectedCount++;
        if (rejected.size() < rejectedLimit) {
            rejected.add(new RejectedLine(line, problem.code(), problem.detail()));
        }
    }

    /** The lines in their order, though what is wrong with some turns up only at the commit. */
    public ImportView view() {
        List<RejectedLine> lines = rejected.stream()
                .sorted(Comparator.comparingLong(RejectedLine::line))
                .toList();
        return new ImportView(recorded + replayed + rejectedCount, recorded, replayed, rejectedCount, lines);
    }
}

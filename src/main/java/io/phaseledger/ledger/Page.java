package io.phaseledger.ledger;

import io.phaseledger.http.JsonLines;
import io.phaseledger.http.Problem;
import io.phaseledger.http.Tally;
import java.util.ArrayList;
import java.util.List;

/** The rows of one commit of an import, with the lines that they came from. */
final class Page {

    /** How much text the rows of one page may have come from; ten thousand rows of the usual size are half of it. */
    private static final long MAX_BYTES = 8L << 20;

    private final List<Submission> submissions = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private long bytes;

    void add(Submission submission, JsonLines.Line line) {
        submissions.add(submission);
        lines.add(line.number());
        bytes += line.size();
    }

    boolean isFull() {
        return submissions.size() >= Unit.MAX_SUBMISSIONS || bytes >= MAX_BYTES;
    }

    boolean isEmpty() {
        return submissions.isEmpty();
    }

    Unit unit() {
        return new Unit(submissions, false);
    }

    /** Counts what became of each row. */
    void count(List<Receipt> receipts, Tally tally) {
        for (int i = 0; i < receipts.size(); i++) {
            count(lines.get(i), receipts.get(i), tally);
            tally.reached(lines.get(i));
        }
    }

    private static void count(long line, Receipt receipt, Tally tally) {
        if (receipt instanceof Receipt.Recorded) {
            tally.recorded();
        } else if (receipt.isInLedger()) {
            tally.replayed();
        } else {
            tally.rejected(line, problem(receipt));
        }
    }

    private static Problem problem(Receipt receipt) {
        try {
            throw new IllegalStateException(
                    "it is in the ledger: " + receipt.view().id());
        } catch (Problem e) {
            return e;
        }
    }
}

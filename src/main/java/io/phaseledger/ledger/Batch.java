package io.phaseledger.ledger;

import io.phaseledger.http.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Rows in their order, each a submission or the problem with it. */
final class Batch {

    private final List<Submission> submissions = new ArrayList<>();
    private final Map<Integer, Problem> faults = new TreeMap<>();

    int size() {
        return submissions.size() + faults.size();
    }

    /** Adds a row; one that throws a {@link Problem} is at fault. */
    void add(Supplier<Submission> row) {
        try {
            submissions.add(row.get());
        } catch (Problem e) {
            faults.put(size(), e);
        }
    }

    /** Those rows that can be submitted. */
    List<Submission> submissions() {
        return submissions;
    }

    /** What is wrong with the others, by their place from 0. */
    Map<Integer, Problem> faults() {
        return faults;
    }

    /**
     * What became of each row.
     *
     * @param receipts of the submissions, in their order
     */
    List<Receipt> all(List<Receipt> receipts) {
        Iterator<Receipt> next = receipts.iterator();
        return IntStream.range(0, size())
                .mapToObj(row -> faults.containsKey(row) ? Receipt.refused(faults.get(row)) : next.next())
                .toList();
    }
}

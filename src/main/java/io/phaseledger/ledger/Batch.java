package io.phaseledger.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows of one request in their order, each a submission or what is wrong with it. */
final class Batch {

    /** How many errors the refusal of an atomic batch lists. */
    static final int MAX_ERRORS = 1_000;

    private static final String CONFLICT =
            "the same identity was used for other facts, in the ledger or in a row before";

    private final Submissions submissions;
    private final List<Submission> good = new ArrayList<>();
    private final Map<Integer, Problem> faults = new TreeMap<>();

    Batch(Submissions submissions) {
        this.submissions = submissions;
    }

    private int size() {
        return good.size() + faults.size();
    }

    /**
     * Adds a row.
     *
     * @param row throws a {@link Problem} when there is none to read
     * @throws Problem 422 {@code too_many_rows}
     */
    void add(Supplier<JsonNode> row) {
        if (size() == Unit.MAX_SUBMISSIONS) {
            String detail = "A batch may have " + Unit.MAX_SUBMISSIONS + " rows; send several, or import them.";
            throw Problem.of(422, "too_many_rows", detail);
        }
        try {
            good.add(submissions.report(row.get(), null));
        } catch (Problem e) {
            faults.put(size(), e.under("/" + size()));
        }
    }

    /** Those rows that can be submitted. */
    List<Submission> submissions() {
        return good;
    }

    /**
     * A result for each row.
     *
     * @param receipts of {@link #submissions}
     * @param path that was asked
     */
    List<BatchResult> results(List<Receipt> receipts, String path) {
        Iterator<Receipt> next = receipts.iterator();
        return IntStream.range(0, size())
                .mapToObj(row -> result(row, next, path))
                .toList();
    }

    private BatchResult result(int row, Iterator<Receipt> next, String path) {
        Problem fault = faults.get(row);
        return fault == null ? BatchResult.of(next.next(), row, path) : BatchResult.of(fault, path);
    }

    /** Throws 422 with the errors of all rows if there is one that can not be submitted. */
    void requireAllGood() {
        refuseIfAny(faults.entrySet().stream().flatMap(fault -> errors(fault.getKey(), fault.getValue())));
    }

    /** Throws 422 with the errors of all rows if there is one that is not in the ledger. */
    static void requireAllInLedger(List<Receipt> receipts) {
        refuseIfAny(IntStream.range(0, receipts.size())
                .filter(row -> !receipts.get(row).isInLedger())
                .boxed()
                .flatMap(row -> errors(row, receipts.get(row))));
    }

    /** The row that it conflicts with may be one of this batch, and then it was not recorded either. */
    private static Stream<FieldError> errors(int row, Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            return Stream.of(refused.error().under("/" + row));
        }
        return receipt instanceof Receipt.Forbidden forbidden
                ? Stream.of(FieldError.at("/" + row, Receipt.Forbidden.CODE, forbidden.why()))
                : Stream.of(FieldError.at("/" + row, "conflict", CONFLICT));
    }

    private static Stream<FieldError> errors(int row, Problem problem) {
        return problem.errors().isEmpty()
                ? Stream.of(FieldError.at("/" + row, problem.code(), problem.detail()))
                : problem.errors().stream();
    }

    private static void refuseIfAny(Stream<FieldError> errors) {
        List<FieldError> first = errors.limit(MAX_ERRORS).toList();
        if (!first.isEmpty()) {
            throw Problem.refused(first);
        }
    }
}

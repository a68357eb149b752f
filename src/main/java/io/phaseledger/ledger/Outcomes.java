package io.phaseledger.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How executions ended, as far as it tells a re-run from a retry: a job that is run again under the execution_id that it had
 * may fail, succeed and fail once more, and says {@code failed} twice.
 */
final class Outcomes {

    private static final Comparator<CompletionRow> BY_TIME =
            Comparator.<CompletionRow, Instant>comparing(row -> row.completedAt).thenComparing(row -> row.position);

    /** Those that bear on a report of this transaction, by their execution. */
    private final Map<List<@Nullable Object>, List<CompletionRow>> known = new HashMap<>();

    /**
     * @param inDoubt reports that may be retries or re-runs
     * @param found of the execution of each, the newest outcome up to then, if there is one
     */
    void learn(List<Submission> inDoubt, List<CompletionRow> found) {
        inDoubt.forEach(report -> known.put(execution(report.row()), new ArrayList<>()));
        found.forEach(this::add);
    }

    /** Adds a row, if it bears on one of the reports. */
    void add(CompletionRow row) {
        if (!known.isEmpty() && row.isOutcome()) {
            known.getOrDefault(execution(row), new ArrayList<>()).add(row);
        }
    }

    void remove(List<CompletionRow> rows) {
        known.values().forEach(outcomes -> outcomes.removeAll(rows));
    }

    /** The outcome before the one that is reported, or the same at the same time; empty where the report is in no doubt. */
    Optional<CompletionRow> newestUpTo(Submission report) {
        CompletionRow row = report.row();
        Instant end = report.completedAt();
        if (end == null || !report.mayBeRerun()) {
            return Optional.empty();
        }
        return known.getOrDefault(execution(row), List.of()).stream()
                .filter(each -> {
                    int order = each.completedAt.compareTo(end);
                    return order < 0 || (order == 0 && each.status.equals(row.status));
                })
                .max(BY_TIME);
    }

    /** By the names as they were sent, like the identity. */
    private static List<@Nullable Object> execution(CompletionRow row) {
        return Arrays.asList(row.executionId, row.gameDate, row.reportedPhase, row.reportedName);
    }
}

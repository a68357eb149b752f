package io.phaseledger.use;

import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a consumer for a date: the rows of one execution, or one row that names none.
 *
 * @param completion the newest of them
 * @param namedReceipt the receipt that the newest row names which names one; null for none
 */
record ConsumerRun(
        String phase,
        String processor,
        LocalDate gameDate,
        @Nullable String executionId,
        UUID completion,
        Status status,
        Instant startedAt,
        Mode mode,
        @Nullable UUID namedReceipt) {

    private static final Comparator<RunRow> BY_AGE =
            Comparator.comparing(RunRow::completedAt).thenComparingLong(RunRow::position);

    private static final Comparator<ConsumerRun> ORDER = Comparator.comparing(ConsumerRun::gameDate)
            .thenComparing(ConsumerRun::startedAt)
            .thenComparing(ConsumerRun::processor)
            .thenComparing(ConsumerRun::completion);

    /** The runs that these rows tell of, date by date in the order in which they began. */
    static List<ConsumerRun> of(Collection<RunRow> rows) {
        return rows.stream().collect(Collectors.groupingBy(ConsumerRun::key)).values().stream()
                .map(ConsumerRun::run)
                .sorted(ORDER)
                .toList();
    }

    private static List<Object> key(RunRow row) {
        Object execution = row.executionId() == null ? row.id() : row.executionId();
        return List.of(row.phase(), row.processor(), row.gameDate(), execution);
    }

    private static ConsumerRun run(List<RunRow> rows) {
        List<RunRow> newestFirst = rows.stream().sorted(BY_AGE.reversed()).toList();
        RunRow newest = newestFirst.get(0);
        return new ConsumerRun(
                newest.phase(),
                newest.processor(),
                newest.gameDate(),
                newest.executionId(),
                newest.id(),
                newest.status(),
                start(rows),
                rows.stream().anyMatch(RunRow::isBackfill) ? Mode.BACKFILL : Mode.LIVE,
                newestFirst.stream()
                        .flatMap(row -> Stream.ofNullable(row.receipt()))
                        .findFirst()
                        .orElse(null));
    }

    /** As it says itself; else its first sign of life; else when it ended. */
    private static Instant start(List<RunRow> rows) {
        return first(rows.stream().flatMap(row -> Stream.ofNullable(row.startedAt())))
                .or(() -> first(rows.stream()
                        .filter(row -> row.status() == Status.RUNNING)
                        .map(RunRow::completedAt)))
                .or(() -> first(rows.stream().map(RunRow::completedAt)))
                .orElseThrow();
    }

    private static Optional<Instant> first(Stream<Instant> instants) {
        return instants.min(Comparator.naturalOrder());
    }
}

package io.phaseledger;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ledgers drawn from few values on purpose, so that ties, bounds met exactly and rows of one cell are frequent.
 *
 * <p>Everything happens within {@link #SPAN} before an instant that is given, so that it may be the past.
 */
public final class RandomLedger {

    /** How far back completions go. */
    public static final Duration SPAN = Duration.ofHours(40);

    private static final int PROCESSORS = 3;
    private static final int MOST_ROWS = 120;
    private static final int MOST_SLATES = 8;
    private static final List<Status> STATUSES = Arrays.asList(
            Status.SUCCESS,
            Status.SUCCESS,
            Status.SUCCESS,
            Status.SUCCESS,
            Status.PARTIAL,
            Status.FAILED,
            Status.NO_DATA,
            Status.SKIPPED,
            Status.RUNNING);
    private static final List<@Nullable Long> COUNTS = Arrays.asList(null, 0L, 5L, 10L, 10L, 20L, 20L, 20L);
    private static final List<Duration> AHEAD =
            List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(-1), Duration.ofHours(-9));

    private final Random random;
    private final String phase;
    private final Instant end;

    /**
     * @param phase what the phase of every completion is called
     * @param end the last instant at which anything is recorded
     */
    public RandomLedger(Random random, String phase, Instant end) {
        this.random = random;
        this.phase = phase;
        this.end = end;
    }

    /** Completions, slates and retractions, at positions from one. */
    public MemoryLedger draw() {
        List<Completion> rows = new ArrayList<>();
        int count = random.nextInt(MOST_ROWS);
        for (int i = 1; i <= count; i++) {
            rows.add(completion(i, Duration.ZERO));
        }
        List<MemoryLedger.Slate> slates = new ArrayList<>();
        for (int i = random.nextInt(MOST_SLATES); i > 0; i--) {
            slates.add(new MemoryLedger.Slate(date(), random.nextInt(4), rows.size() + 1L + i, instant()));
        }
        return new MemoryLedger(rows, retractions(rows), slates);
    }

    private List<MemoryLedger.Retraction> retractions(List<Completion> rows) {
        return rows.stream()
                .filter(row -> random.nextInt(10) == 0)
                .map(row -> new MemoryLedger.Retraction(row.id(), row.position() + 1, row.insertedAt()))
                .toList();
    }

    /**
     * A completion of any cell.
     *
     * @param later by how much it is later than those of {@link #draw()}
     */
    public Completion completion(long position, Duration later) {
        Instant completedAt = instant().plus(later);
        Instant insertedAt = completedAt.minus(pick(AHEAD));
        return new Completion(
                new UUID(random.nextLong(), position),
                position,
                new EvidenceKey(phase, processor(), date()),
                pick(STATUSES),
                pick(COUNTS),
                pick(COUNTS),
                random.nextInt(5) == 0,
                completedAt,
                later.isZero() && insertedAt.isAfter(end) ? end : insertedAt);
    }

    /** A question about one of the dates, at an instant at which something may just have happened. */
    public Question question() {
        return new Question(
                date(),
                random.nextInt(4) == 0 ? Mode.BACKFILL : Mode.LIVE,
                late().plusNanos(1000L * (random.nextInt(3) - 1)),
                random.nextInt(3) == 0 ? Duration.ofHours(random.nextInt(12)) : null,
                random.nextInt(4) == 0 ? pick(List.of(Applies.values())) : null);
    }

    String phase() {
        return phase;
    }

    String processor() {
        return "p" + random.nextInt(PROCESSORS);
    }

    /** Any of three dates; the last is the day after the end, by the clock of Greenwich. */
    private LocalDate date() {
        return LocalDate.ofInstant(end, ZoneOffset.UTC).plusDays(random.nextInt(3) - 1L);
    }

    private Instant instant() {
        return end.minus(Duration.ofHours(random.nextInt((int) SPAN.toHours())));
    }

    /** When most has happened already. */
    private Instant late() {
        return end.minus(Duration.ofHours(random.nextInt((int) SPAN.toHours() / 3)));
    }

    <T extends @Nullable Object> T pick(List<T> any) {
        return any.get(random.nextInt(any.size()));
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int n) {
        return random.nextInt(n);
    }
}

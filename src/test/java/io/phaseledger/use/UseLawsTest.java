package io.phaseledger.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.MemoryLedger;
import io.phaseledger.RandomLedger;
import io.phaseledger.RandomPolicies;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uses are the same in whatever order rows came, and as of any instant; {@code -Dlaws.seed=…} repeats. */
class UseLawsTest {

    private static final int LEDGERS = Integer.getInteger("laws.ledgers", 300);
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());
    private static final Instant END = Instant.parse("2026-02-11T02:00:00Z");
    private static final Duration MAX_AGE = Duration.ofHours(3);

    private int beforeReady;
    private int older;

    /** What a ledger and a consumer's rows tell as of an instant; each row was learned a minute after it was completed. */
    private static List<Use> uses(
            MemoryLedger ledger, List<RunRow> rows, Map<String, Policy> policies, LocalDate date, Instant asOf) {
        History history = ledger.history("top", date, policies.values(), asOf, Long.MAX_VALUE);
        List<RunRow> known = rows.stream()
                .filter(row -> !row.completedAt().plusSeconds(60).isAfter(asOf))
                .toList();
        return ConsumerRun.of(known).stream()
                .map(run -> Use.of(run, history, MAX_AGE))
                .toList();
    }

    @Test
    void the_order_makes_no_difference_nor_does_what_comes_later() {
        for (int i = 0; i < LEDGERS; i++) {
            Random random = new Random(SEED + i);
            RandomLedger draw = new RandomLedger(random, "phase4", END);
            Map<String, Policy> policies = new RandomPolicies(draw).draw();
            MemoryLedger ledger = draw.draw();
            Question asked = draw.question();
            List<RunRow> rows = rows(random, asked.gameDate());
            Instant asOf = END.minus(Duration.ofMinutes(random.nextInt(40 * 60)));
            String told = "-Dlaws.seed=" + SEED + " ledger " + i;

            List<Use> uses = uses(ledger, rows, policies, asked.gameDate(), asOf);
            assertEquals(
                    uses,
                    uses(shuffled(ledger, random), shuffled(rows, random), policies, asked.gameDate(), asOf),
                    told);
            assertEquals(uses, uses(until(ledger, asOf), rows, policies, asked.gameDate(), asOf), told);
            uses.forEach(use -> assertEquals(
                    use.isBeforeReady(), !use.told().ready() && !use.done().ready(), told));
            beforeReady += (int) uses.stream().filter(Use::isBeforeReady).count();
            older += (int) uses.stream().filter(Use::isOlderThanMaxAge).count();
        }
        assertTrue(beforeReady > LEDGERS / 10 && older > LEDGERS / 30, beforeReady + " before, " + older + " older");
    }

    private static List<RunRow> rows(Random random, LocalDate date) {
        return IntStream.range(0, 12).mapToObj(each -> row(random, date, each)).toList();
    }

    private static RunRow row(Random random, LocalDate date, int position) {
        Instant completed = END.minus(Duration.ofMinutes(random.nextInt(40 * 60)));
        @Nullable Instant started = random.nextBoolean() ? null : completed.minusSeconds(random.nextInt(7200));
        return new RunRow(
                new UUID(random.nextLong(), random.nextLong()),
                position,
                "phase4",
                "store",
                date,
                random.nextInt(3) == 0 ? Status.RUNNING : Status.SUCCESS,
                random.nextInt(3) == 0 ? null : "run-" + random.nextInt(4),
                started,
                completed,
                random.nextInt(8) == 0,
                random.nextInt(4) == 0 ? new UUID(random.nextLong(), random.nextLong()) : null);
    }

    private static <T> List<T> shuffled(List<T> all, Random random) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static MemoryLedger shuffled(MemoryLedger ledger, Random random) {
        return new MemoryLedger(shuffled(ledger.rows(), random), ledger.retractions(), ledger.slates());
    }

    /** Without what was learned later. */
    private static MemoryLedger until(MemoryLedger ledger, Instant end) {
        List<Completion> rows = ledger.rows().stream()
                .filter(row -> !row.insertedAt().isAfter(end))
                .toList();
        return new MemoryLedger(
                rows,
                ledger.retractions().stream()
                        .filter(each -> !each.insertedAt().isAfter(end))
                        .toList(),
                ledger.slates().stream()
                        .filter(each -> !each.insertedAt().isAfter(end))
                        .toList());
    }
}

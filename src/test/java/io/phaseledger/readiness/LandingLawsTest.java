package io.phaseledger.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.MemoryLedger;
import io.phaseledger.RandomLedger;
import io.phaseledger.RandomPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every landing, tried on random ledgers; {@code -Dlaws.seed=…} tries those of an earlier run again. */
class LandingLawsTest {

    private static final int LEDGERS = Integer.getInteger("laws.ledgers", 300);
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());
    private static final Instant END = Instant.parse("2026-02-11T02:00:00Z");
    private static final Duration MICRO = Duration.ofNanos(1000);

    private interface Law {
        void of(Random random, MemoryLedger ledger, Map<String, Policy> policies, Question question, Instant due);
    }

    private static void holds(Law law) {
        for (int i = 0; i < LEDGERS; i++) {
            Random random = new Random(SEED + i);
            RandomLedger draw = new RandomLedger(random, "phase4", END);
            Map<String, Policy> policies = new RandomPolicies(draw).draw();
            MemoryLedger ledger = draw.draw();
            for (int j = 0; j < 4; j++) {
                Instant due = END.minus(Duration.ofHours(random.nextInt(40)));
                try {
                    law.of(random, ledger, policies, draw.question(), due);
                } catch (AssertionError e) {
                    throw new AssertionError("-Dlaws.seed=" + SEED + " ledger " + i + " question " + j, e);
                }
            }
        }
    }

    private static History history(MemoryLedger ledger, Map<String, Policy> policies, Question asked, Instant asOf) {
        return ledger.history("top", asked.gameDate(), policies.values(), asOf, Long.MAX_VALUE);
    }

    private static Landing landing(
            MemoryLedger ledger, Map<String, Policy> policies, Question asked, Instant asOf, Instant due) {
        return Landing.of(history(ledger, policies, asked, asOf), due);
    }

    @Test
    void the_order_in_which_rows_arrived_does_not_matter() {
        holds((random, ledger, policies, asked, due) -> {
            List<Completion> shuffled = new ArrayList<>(ledger.rows());
            Collections.shuffle(shuffled, random);
            MemoryLedger other = new MemoryLedger(shuffled, ledger.retractions(), ledger.slates());
            assertEquals(landing(ledger, policies, asked, END, due), landing(other, policies, asked, END, due));
        });
    }

    /** What is known at the end tells what was said at any instant before. */
    @Test
    void as_of_an_instant_it_is_what_was_said_then() {
        holds((random, ledger, policies, asked, due) -> {
            Instant asOf = END.minus(Duration.ofHours(random.nextInt(40)));
            if (!asOf.isBefore(due)) {
                assertEquals(
                        Timeliness.after(due, asOf, landing(ledger, policies, asked, asOf, due)),
                        Timeliness.after(due, asOf, landing(ledger, policies, asked, END, due)));
            }
        });
    }

    @Test
    void a_report_that_comes_afterwards_never_changes_what_is_settled() {
        holds((random, ledger, policies, asked, due) -> {
            Landing landing = landing(ledger, policies, asked, END, due);
            if (landing.decidedAt(due) == null) {
                return;
            }
            List<Completion> rows = new ArrayList<>(ledger.rows());
            RandomLedger draw = new RandomLedger(random, "phase4", END);
            for (long position = 1000; position < 1020; position++) {
                Completion row = draw.completion(position, Duration.ZERO);
                rows.add(new Completion(
                        row.id(),
                        position,
                        row.cell(),
                        row.status(),
                        row.recordCount(),
                        row.expectedCount(),
                        row.incremental(),
                        row.completedAt(),
                        END.plusSeconds(position)));
            }
            MemoryLedger more = new MemoryLedger(rows, ledger.retractions(), ledger.slates());
            assertEquals(landing, landing(more, policies, asked, END.plus(Duration.ofDays(1)), due));
        });
    }

    /** Against the plainest reading of the definition: each instant at which anything happened is asked. */
    @Test
    void it_is_what_the_definition_says() {
        Map<String, Integer> kinds = new HashMap<>();
        holds((random, ledger, policies, asked, due) -> {
            Landing landing = landing(ledger, policies, asked, END, due);
            Policy top = Objects.requireNonNull(policies.get("top"));
            if (ledger.evidence(due, policies).slates().hasNoWork(asked.gameDate())) {
                assertEquals(false, landing.hasWork());
                kinds.merge("without work", 1, Integer::sum);
                return;
            }
            boolean onTime = ready(ledger, policies, top, asked, due, due);
            assertEquals(onTime, landing.onTime());
            Instant landed = null;
            for (Instant change : history(ledger, policies, asked, END).changes()) {
                if (!onTime
                        && landed == null
                        && change.isAfter(due)
                        && ready(ledger, policies, top, asked, change, change)
                        && !ready(ledger, policies, top, asked, change, change.minus(MICRO))) {
                    landed = change;
                }
            }
            if (onTime) {
                Instant first = Objects.requireNonNull(landing.landedAt());
                assertTrue(!first.isAfter(due));
                assertEquals(State.READY, state(ledger, policies, top, asked, first, first));
                Instant before = first.minus(MICRO);
                assertTrue(state(ledger, policies, top, asked, before, before) != State.READY
                        || first.equals(Instant.parse("2020-01-01T00:00:00Z")));
            } else {
                assertEquals(landed, landing.landedAt());
            }
            kinds.merge(
                    (onTime ? "on time" : landed == null ? "missing" : "late")
                            + (landing.expiredAt() == null ? "" : ", expired"),
                    1,
                    Integer::sum);
        });
        assertTrue(kinds.size() == 6, kinds::toString);
    }

    private static boolean ready(
            MemoryLedger ledger,
            Map<String, Policy> policies,
            Policy policy,
            Question asked,
            Instant clock,
            Instant known) {
        return state(ledger, policies, policy, asked, clock, known) != State.NOT_READY;
    }

    private static State state(
            MemoryLedger ledger,
            Map<String, Policy> policies,
            Policy policy,
            Question asked,
            Instant clock,
            Instant known) {
        Question question = new Question(asked.gameDate(), Mode.LIVE, clock, null, null);
        return Readiness.evaluate(policy, question, ledger.evidence(known, policies))
                .state();
    }
}

package io.phaseledger.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.phaseledger.MemoryLedger;
import io.phaseledger.RandomLedger;
import io.phaseledger.RandomPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of every history, tried on random ledgers; {@code -Dlaws.seed=…} tries those of an earlier run again. */
class HistoryLawsTest {

    private static final int LEDGERS = Integer.getInteger("laws.ledgers", 300);
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());
    private static final Instant END = Instant.parse("2026-02-11T02:00:00Z");

    private interface Law {
        void of(Random random, MemoryLedger ledger, Map<String, Policy> policies, Question question);
    }

    private static void holds(Law law) {
        for (int i = 0; i < LEDGERS; i++) {
            Random random = new Random(SEED + i);
            RandomLedger draw = new RandomLedger(random, "phase4", END);
            Map<String, Policy> policies = new RandomPolicies(draw).draw();
            MemoryLedger ledger = draw.draw();
            for (int j = 0; j < 4; j++) {
                try {
                    law.of(random, ledger, policies, draw.question());
                } catch (AssertionError e) {
                    throw new AssertionError("-Dlaws.seed=" + SEED + " ledger " + i + " question " + j, e);
                }
            }
        }
    }

    private static History history(MemoryLedger ledger, Map<String, Policy> policies, Question asked, Instant asOf) {
        return ledger.history("top", asked.gameDate(), policies.values(), asOf, Long.MAX_VALUE);
    }

    @Test
    void the_verdict_at_an_instant_is_the_one_that_was_given_then() {
        holds((random, ledger, policies, asked) -> {
            History history = history(ledger, policies, asked, END);
            Instant at = asked.asOf().isAfter(END) ? END : asked.asOf();
            Question question = new Question(asked.gameDate(), Mode.LIVE, at, null, null);
            Policy top = Objects.requireNonNull(policies.get("top"));
            assertEquals(Readiness.evaluate(top, question, ledger.evidence(at, policies)), history.verdictAt(at));
        });
    }

    @Test
    void what_comes_later_does_not_change_what_was() {
        holds((random, ledger, policies, asked) -> {
            Instant at = asked.asOf().isAfter(END) ? END : asked.asOf();
            History whole = history(ledger, policies, asked, END);
            History until = history(ledger, policies, asked, at);
            assertEquals(whole.verdictAt(at), until.verdictAt(at));
            assertEquals(whole.changes().headSet(at, true), until.changes());
        });
    }

    @Test
    void only_at_a_change_is_it_another_without_the_clock() {
        holds((random, ledger, policies, asked) -> {
            History history = history(ledger, policies, asked, END);
            for (int i = 0; i < 20; i++) {
                Instant at = END.minus(Duration.ofHours(random.nextInt(40)));
                if (!history.changes().contains(at)) {
                    assertEquals(history.judgedBefore(at), history.judgedAt(at));
                }
            }
        });
    }

    @Test
    void the_order_of_rows_does_not_matter() {
        holds((random, ledger, policies, asked) -> {
            List<Completion> shuffled = new ArrayList<>(ledger.rows());
            Collections.shuffle(shuffled, random);
            MemoryLedger other = new MemoryLedger(shuffled, ledger.retractions(), ledger.slates());
            History history = history(ledger, policies, asked, END);
            assertEquals(history.changes(), history(other, policies, asked, END).changes());
            for (Instant at : history.changes()) {
                assertEquals(
                        history.judgedAt(at),
                        history(other, policies, asked, END).judgedAt(at));
            }
        });
    }
}

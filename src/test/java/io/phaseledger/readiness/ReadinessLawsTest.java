package io.phaseledger.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.MemoryLedger;
import io.phaseledger.RandomLedger;
import io.phaseledger.RandomPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of every ledger, tried on random ones; {@code -Dlaws.seed=…} tries those of an earlier run again. */
class ReadinessLawsTest {

    private static final int LEDGERS = Integer.getInteger("laws.ledgers", 300);
    private static final int QUESTIONS = 4;
    private static final long SEED = Long.getLong("laws.seed", System.nanoTime());

    /** The evening of a day in the Americas, and the next day in Asia. */
    private static final Instant END = Instant.parse("2026-02-11T02:00:00Z");

    /** Codes that a few hundred ledgers may do without. */
    private static final int SELDOM = 6;

    private static final Duration MICRO = Duration.ofNanos(1000);

    /** One question about one random ledger. */
    private record Case(
            Random random, RandomLedger draw, MemoryLedger ledger, Map<String, Policy> policies, Question question) {

        Policy policy() {
            return policies.getOrDefault("top", policies.values().iterator().next());
        }

        Evidence evidence() {
            return ledger.evidence(question.asOf(), policies);
        }

        Verdict verdict() {
            return verdict(evidence());
        }

        Verdict verdict(Evidence evidence) {
            return Readiness.evaluate(policy(), question, evidence);
        }

        Verdict verdict(List<Completion> rows) {
            return verdict(
                    new MemoryLedger(rows, ledger.retractions(), ledger.slates()).evidence(question.asOf(), policies));
        }

        /** By the clock alone: what is known stays what it is. */
        Verdict verdictAt(Instant later) {
            return Readiness.evaluate(policy(), question.at(later), evidence());
        }
    }

    private static void onMany(Consumer<Case> law) {
        for (int i = 0; i < LEDGERS; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            RandomLedger draw = new RandomLedger(random, "phase4", END);
            Map<String, Policy> policies = new RandomPolicies(draw).draw();
            MemoryLedger ledger = draw.draw();
            for (int j = 0; j < QUESTIONS; j++) {
                law.accept(new Case(random, draw, ledger, policies, draw.question()));
            }
        }
    }

    private static void holds(Consumer<Case> law) {
        onMany(each -> {
            try {
                law.accept(each);
            } catch (AssertionError e) {
                throw new AssertionError("-Dlaws.seed=" + SEED + "\n" + each, e);
            }
        });
    }

    @Test
    void theOrderOfEvidenceDoesNotMatter() {
        holds(each -> {
            List<Completion> shuffled = new ArrayList<>(each.ledger().rows());
            Collections.shuffle(shuffled, each.random());
            assertEquals(each.verdict(), each.verdict(shuffled));
        });
    }

    @Test
    void repeatingRowsDoesNotMatter() {
        holds(each -> {
            List<Completion> rows = each.ledger().rows();
            List<Completion> repeated = new ArrayList<>(rows);
            rows.stream().filter(row -> each.random().nextBoolean()).forEach(repeated::add);
            assertEquals(each.verdict(), each.verdict(repeated));
        });
    }

    @Test
    void whatIsLearnedAfterAsOfNeverChangesTheVerdict() {
        holds(each -> {
            Verdict verdict = each.verdict();
            Instant soon = each.question().asOf().plus(MICRO);
            List<Completion> rows = new ArrayList<>(each.ledger().rows());
            List<MemoryLedger.Retraction> retractions =
                    new ArrayList<>(each.ledger().retractions());
            rows.forEach(row -> retractions.add(new MemoryLedger.Retraction(row.id(), 1000, soon)));
            for (long position = 1000; position < 1010; position++) {
                Completion later = each.draw().completion(position, RandomLedger.SPAN.multipliedBy(2));
                rows.add(later);
            }
            List<MemoryLedger.Slate> slates = new ArrayList<>(each.ledger().slates());
            slates.add(new MemoryLedger.Slate(each.question().gameDate(), 0, 1011, soon));
            assertEquals(
                    verdict,
                    each.verdict(new MemoryLedger(rows, retractions, slates)
                            .evidence(each.question().asOf(), each.policies())));
        });
    }

    @Test
    void theNewestOfEachStatusFullAndIncrementalIsAllThatCounts() {
        holds(each -> {
            List<Completion> known = each.ledger().rows().stream()
                    .filter(row -> !row.insertedAt().isAfter(each.question().asOf()))
                    .filter(row -> each.ledger().retractions().stream()
                            .noneMatch(gone -> gone.retracts().equals(row.id())))
                    .toList();
            Collection<Completion> newest = known.stream()
                    .collect(Collectors.toMap(
                            row -> List.of(row.cell(), row.status(), row.incremental()),
                            row -> row,
                            BinaryOperator.maxBy(Comparator.comparing(Completion::completedAt)
                                    .thenComparing(Completion::position))))
                    .values();
            assertEquals(each.verdict(), each.verdict(List.copyOf(newest)));
        });
    }

    @Test
    void aGreaterAgeNeverTurnsReadyIntoNotReady() {
        holds(each -> {
            Map<String, Policy> patient = new HashMap<>(each.policies());
            patient.replaceAll((name, policy) -> moreLenient(policy));
            Question asked = each.question();
            Question wider = new Question(
                    asked.gameDate(),
                    asked.mode(),
                    asked.asOf(),
                    asked.within() == null ? null : asked.within().plusHours(3),
                    asked.applies());
            if (each.verdict().ready()) {
                Case lenient = new Case(each.random(), each.draw(), each.ledger(), patient, wider);
                assertTrue(lenient.verdict().ready(), () -> lenient.verdict().toString());
            }
        });
    }

    private static Policy moreLenient(Policy policy) {
        Freshness freshness = policy.freshness();
        return new Policy(
                policy.name(),
                policy.version(),
                policy.zone(),
                policy.requirements(),
                policy.quorum(),
                freshness == null ? null : new Freshness(freshness.maxAge().plusHours(3), freshness.applies()),
                policy.backfill(),
                policy.upstreams(),
                policy.deadline());
    }

    @Test
    void eachUnmetRequiredRequirementGivesExactlyOneReason() {
        holds(each -> {
            Verdict verdict = each.verdict();
            List<String> unmet = verdict.judgements().stream()
                    .filter(judged -> !judged.met() && !judged.requirement().optional())
                    .map(judged -> judged.requirement().processorName() + judged.gameDate())
                    .toList();
            List<Reason> said = verdict.state() == State.BYPASSED ? verdict.waived() : verdict.reasons();
            assertEquals(
                    unmet,
                    said.stream()
                            .filter(reason -> reason.processorName() != null)
                            .map(reason -> reason.processorName() + reason.gameDate())
                            .toList());
            assertEquals(
                    verdict.state() == State.NOT_APPLICABLE
                            ? 0
                            : each.policy().requirements().size(),
                    verdict.judgements().size());
        });
    }

    @Test
    void readyIsNoReasons() {
        holds(each -> {
            Verdict verdict = each.verdict();
            assertEquals(verdict.reasons().isEmpty(), verdict.ready());
            assertEquals(verdict.state() != State.NOT_READY, verdict.ready());
        });
    }

    @Test
    void readyLastsUntilItExpiresAndNoLonger() {
        holds(each -> {
            Verdict verdict = each.verdict();
            if (verdict.state() != State.READY) {
                assertEquals(null, verdict.expiresAt());
                return;
            }
            Instant asOf = each.question().asOf();
            Instant end = verdict.expiresAt() == null ? asOf.plus(Duration.ofDays(6)) : verdict.expiresAt();
            if (verdict.expiresAt() != null) {
                assertTrue(end.isAfter(asOf));
                assertFalse(each.verdictAt(end).ready(), () -> "at " + end);
                assertTrue(each.verdictAt(end.minus(MICRO)).ready(), () -> "just before " + end);
            }
            long micros = Duration.between(asOf, end).toNanos() / 1000;
            for (int i = 0; i < 20; i++) {
                Instant between = asOf.plusNanos(1000 * (long) (each.random().nextDouble() * micros));
                assertTrue(each.verdictAt(between).ready(), () -> "at " + between);
            }
        });
    }

    @Test
    void aRowThatIsNotAcceptedNeverTurnsReadyIntoNotReady() {
        holds(each -> {
            Verdict verdict = each.verdict();
            List<Completion> rows = new ArrayList<>(each.ledger().rows());
            for (long position = 1000; position < 1010; position++) {
                rows.add(notAccepted(each.draw().completion(position, Duration.ZERO), each.random()));
            }
            Verdict after = each.verdict(rows);
            assertTrue(after.ready() || !verdict.ready(), after::toString);
            assertEquals(verdict.dataAge(), after.dataAge());
            assertEquals(verdict.expiresAt(), after.expiresAt());
        });
    }

    private static Completion notAccepted(Completion row, Random random) {
        return new Completion(
                row.id(),
                row.position(),
                row.cell(),
                random.nextBoolean() ? Status.FAILED : Status.RUNNING,
                row.recordCount(),
                row.expectedCount(),
                row.incremental(),
                row.completedAt(),
                row.insertedAt());
    }

    @Test
    void theLedgersAreOfManyKinds() {
        Map<State, Integer> states = new HashMap<>();
        Map<Code, Integer> codes = new HashMap<>();
        List<Instant> expiries = new ArrayList<>();
        onMany(each -> {
            Verdict verdict = each.verdict();
            states.merge(verdict.state(), 1, Integer::sum);
            verdict.reasons().forEach(reason -> codes.merge(reason.code(), 1, Integer::sum));
            verdict.warnings().forEach(warning -> codes.merge(warning.code(), 1, Integer::sum));
            if (verdict.expiresAt() != null) {
                expiries.add(verdict.expiresAt());
            }
        });
        assertEquals(State.values().length, states.size(), states::toString);
        assertTrue(states.getOrDefault(State.READY, 0) > LEDGERS * QUESTIONS / 10, states::toString);
        assertTrue(expiries.size() > LEDGERS * QUESTIONS / 100, () -> expiries.size() + " expire");
        assertTrue(codes.size() > Code.values().length - SELDOM, codes::toString);
    }
}

package io.phaseledger.use;

import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run of a consumer and what its policy said when it began.
 *
 * @param told by what the ledger had been told by then
 * @param done by what had been done by then, whenever it was told, unless it was taken back since
 * @param maxAge the oldest input that the consumer may have; null for any
 */
record Use(
        ConsumerRun run,
        Verdict told,
        Verdict done,
        @Nullable Duration maxAge) {

    static Use of(ConsumerRun run, History history, @Nullable Duration maxAge) {
        Instant start = judgedAt(run, history.asOf());
        Policy policy = history.policyAt(start);
        Question question = new Question(run.gameDate(), run.mode(), start, null, null);
        return new Use(
                run,
                verdict(policy, question, history.evidenceAt(start)),
                verdict(policy, question, history.evidenceDoneBy(start)),
                maxAge);
    }

    /** A clock that runs ahead tells of a start that is still to come; what is known is judged as it is. */
    static Instant judgedAt(ConsumerRun run, Instant asOf) {
        return run.startedAt().isAfter(asOf) ? asOf : run.startedAt();
    }

    private static Verdict verdict(Policy policy, Question question, Evidence evidence) {
        return Readiness.evaluate(policy, question, evidence);
    }

    boolean isBeforeReady() {
        return !told.ready() && !done.ready();
    }

    /** By the account in which its input was younger. */
    boolean isOlderThanMaxAge() {
        Optional<Duration> age = Stream.of(told, done)
                .flatMap(each -> Stream.ofNullable(each.dataAge()))
                .min(Duration::compareTo);
        return maxAge != null && age.isPresent() && age.get().compareTo(maxAge) > 0;
    }
}

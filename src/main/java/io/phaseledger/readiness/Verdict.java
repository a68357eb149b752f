package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answer and its reasons.
 *
 * @param reasons why not; empty unless the state is {@code NOT_READY}, and never empty then
 * @param warnings what does not prevent readiness and is worth knowing
 * @param waived what would have been reasons, had it not been a backfill
 * @param judgements one per requirement in policy order; none when the date has no work
 * @param dataAge the age of the oldest deciding row among required requirements and met optional ones; null when
 *     there is none
 * @param decidedAt when the ledger learned of the newest of the same rows; null when there is none
 * @param expiresAt the first instant at which, with no new row, a ready verdict is not ready any more; null when never
 */
public record Verdict(
        Policy policy,
        Question question,
        State state,
        List<Reason> reasons,
        List<Reason> warnings,
        List<Reason> waived,
        List<Judgement> judgements,
        @Nullable Duration dataAge,
        @Nullable Instant decidedAt,
        @Nullable Instant expiresAt) {

    public boolean ready() {
        return state != State.NOT_READY;
    }

    static Verdict notApplicable(Policy policy, Question question) {
        List<Reason> none = List.of();
        return new Verdict(policy, question, State.NOT_APPLICABLE, none, none, none, List.of(), null, null, null);
    }

    static Verdict of(
            Policy policy,
            Question question,
            State state,
            List<Reason> reasons,
            List<Reason> warnings,
            List<Reason> waived,
            List<Judgement> judgements) {
        Duration age = bearing(judgements)
                .map(row -> row.age(question.asOf()))
                .max(Duration::compareTo)
                .orElse(null);
        Instant decided = bearing(judgements)
                .map(Completion::insertedAt)
                .max(Instant::compareTo)
                .orElse(null);
        return new Verdict(policy, question, state, reasons, warnings, waived, judgements, age, decided, null);
    }

    Verdict expiring(@Nullable Instant at) {
        return new Verdict(policy, question, state, reasons, warnings, waived, judgements, dataAge, decidedAt, at);
    }

    private static Stream<Completion> bearing(List<Judgement> judgements) {
        return judgements.stream()
                .filter(Judgement::bearsOnAge)
                .flatMap(judgement -> Stream.ofNullable(judgement.deciding()));
    }
}

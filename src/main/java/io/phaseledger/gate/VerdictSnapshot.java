package io.phaseledger.gate;

import io.phaseledger.readiness.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy's verdict for a date is, for who watches whether it changes.
 *
 * @param version of the policy
 * @param reasons as a verdict shows them; to be written as JSON
 * @param expiresAt the first instant at which, with no new row, ready becomes not ready; null when never
 * @param asOf with {@code position}, gives the verdict again
 * @param position where the ledger ended
 * @param nextTurn when the clock alone may make it another; null when never
 */
public record VerdictSnapshot(
        String policy,
        int version,
        LocalDate gameDate,
        State state,
        List<?> reasons,
        @Nullable Instant expiresAt,
        Instant asOf,
        long position,
        @Nullable Instant nextTurn) {

    static VerdictSnapshot of(PolicyDate about, Answer answer) {
        VerdictView view = answer.view();
        return new VerdictSnapshot(
                about.policy(),
                answer.verdict().policy().version(),
                view.gameDate(),
                view.state(),
                view.reasons(),
                view.expiresAt(),
                view.asOf(),
                view.position(),
                answer.nextTurn(false).orElse(null));
    }
}

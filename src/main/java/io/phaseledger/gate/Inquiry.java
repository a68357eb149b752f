package io.phaseledger.gate;

import io.phaseledger.policy.PolicyBook.InForce;
import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, whenever it is: of all who wait with the same one, the first answer that suits is the answer of all.
 *
 * @param policy its name
 * @param gameDate null for the date that it is then in the policy's zone
 */
record Inquiry(
        String policy,
        @Nullable LocalDate gameDate,
        Mode mode,
        @Nullable Duration within,
        @Nullable Applies applies) {

    Question question(LocalDate date, Instant asOf) {
        return new Question(date, mode, asOf, within, applies);
    }

    Subject subject(Snapshot snapshot) {
        InForce asked = snapshot.policy(policy);
        return new Subject(asked, List.of(gameDate == null ? asked.policy().dateAt(snapshot.asOf()) : gameDate));
    }
}

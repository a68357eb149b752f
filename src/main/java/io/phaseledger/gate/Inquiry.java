package io.phaseledger.gate;

import io.phaseledger.readiness.Applies;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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

    Question question(Policy asked, Instant asOf) {
        LocalDate date = gameDate == null ? asked.dateAt(asOf) : gameDate;
        return new Question(date, mode, asOf, within, applies);
    }
}

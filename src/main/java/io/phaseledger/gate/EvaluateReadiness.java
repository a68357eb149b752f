package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.GameDates;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.PolicyBook.InForce;
import io.phaseledger.policy.PolicyDefinition;
import io.phaseledger.readiness.Mode;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A question about a policy that may not be stored yet, as it is sent. */
@Schema(additionalProperties = Schema.False.class)
record EvaluateReadiness(
        @Schema(ref = "PutPolicy") @Valid @Nullable PolicyDefinition policy,

        @Nullable String policyName,
        @Nullable LocalDate gameDate,
        @Nullable LocalDate gameDateFrom,
        @Nullable LocalDate gameDateTo,

        @Schema(defaultValue = "live") @Nullable Mode mode,

        @Nullable Instant asOf,
        @Nullable String compareWith) {

    /** The dates that are asked about, rising. */
    List<LocalDate> dates() {
        if (gameDate != null && gameDateFrom == null && gameDateTo == null) {
            return List.of(gameDate);
        }
        if (gameDate != null || gameDateFrom == null || gameDateTo == null) {
            throw Problem.refused(FieldError.at(
                    missing(),
                    gameDate == null ? "required" : "contradiction",
                    "either game_date, or both of game_date_from and game_date_to"));
        }
        return GameDates.between(
                gameDateFrom, gameDateTo, (code, detail) -> FieldError.at("/game_date_to", code, detail));
    }

    private String missing() {
        if (gameDate != null || (gameDateFrom == null && gameDateTo == null)) {
            return "/game_date";
        }
        return gameDateFrom == null ? "/game_date_from" : "/game_date_to";
    }

    /** The policy that is asked about these dates, and the one that it is compared with, if any. */
    List<Subject> subjects(Snapshot snapshot, List<LocalDate> dates) {
        Subject asked = new Subject(asked(snapshot), dates);
        return compareWith == null ? List.of(asked) : List.of(asked, new Subject(snapshot.policy(compareWith), dates));
    }

    private InForce asked(Snapshot snapshot) {
        if (policy != null && policyName == null) {
            return snapshot.inline(policy);
        }
        if (policyName != null && policy == null) {
            return snapshot.policy(policyName);
        }
        throw Problem.refused(FieldError.at(
                "/policy", policy == null ? "required" : "contradiction", "either policy or policy_name"));
    }

    Mode modeOrLive() {
        return mode == null ? Mode.LIVE : mode;
    }
}

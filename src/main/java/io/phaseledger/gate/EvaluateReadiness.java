package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.PolicyDefinition;
import io.phaseledger.readiness.Mode;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A question about a policy that may not be stored yet, as it is sent. */
@Schema(
        additionalProperties = Schema.False.class,
        description = "What a policy would answer. One of policy and policy_name is needed, and one of game_date and"
                + " both of game_date_from and game_date_to.")
record EvaluateReadiness(
        @Schema(ref = "PutPolicy", description = "A policy, as it would be put; it is stored nowhere.") @Valid @Nullable
        PolicyDefinition policy,

        @Schema(description = "The name of a policy.", examples = "phase4") @Nullable
        String policyName,

        @Schema(description = "One date.", examples = "2026-02-02") @Nullable
        LocalDate gameDate,

        @Schema(description = "The first of several dates.", examples = "2026-02-01") @Nullable
        LocalDate gameDateFrom,

        @Schema(description = "The last of them.", examples = "2026-02-28") @Nullable
        LocalDate gameDateTo,

        @Schema(description = "For which purpose it is asked.", defaultValue = "live") @Nullable
        Mode mode,

        @Schema(
                description = "The instant that the question is about; left out, now.",
                examples = "2026-02-02T11:00:00Z")
        @Nullable
        Instant asOf,

        @Schema(description = "A policy: which dates would it have answered differently?", examples = "phase4")
        @Nullable
        String compareWith) {

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
        return Dates.between(gameDateFrom, gameDateTo, (code, detail) -> FieldError.at("/game_date_to", code, detail));
    }

    private String missing() {
        if (gameDate != null || (gameDateFrom == null && gameDateTo == null)) {
            return "/game_date";
        }
        return gameDateFrom == null ? "/game_date_from" : "/game_date_to";
    }

    Asked asked(Snapshot snapshot) {
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

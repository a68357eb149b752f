package io.phaseledger.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Judgement;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Numbers;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.State;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A verdict, as it is shown. */
@Schema(description = "The answer, with why.")
record VerdictView(
        @Schema(description = "The policy that answered, and in which version.")
        PolicyRef policy,

        @Schema(description = "The date that was asked about.", examples = "2026-02-02")
        LocalDate gameDate,

        @Schema(description = "For which purpose it was asked.")
        Mode mode,

        @Schema(description = "not_applicable: the date has no work. bypassed: a backfill that asks nothing.")
        State state,

        @Schema(description = "False only for not_ready.") boolean ready,

        @Schema(description = "When it was answered, by the database's clock.", examples = "2026-02-02T21:38:00Z")
        Instant evaluatedAt,

        @Schema(
                description = "The instant the answer is about: only what was learned by then counts.",
                examples = "2026-02-02T21:38:00Z")
        Instant asOf,

        @Schema(
                description = "The end of the ledger as it was seen; as_of with it gives this answer for ever.",
                examples = "1234")
        long position,

        @Schema(
                description = "When the ledger learned of the newest row that decides.",
                examples = "2026-02-02T19:38:00.412Z")
        @Nullable
        Instant decidedAt,

        @Schema(
                description = "The first instant at which, with no new row, ready becomes not ready; null when never.",
                examples = "2026-02-03T01:38:00.000001Z")
        @Nullable
        Instant expiresAt,

        @Schema(description = "The age of the oldest row that decides, in seconds, exact.", examples = "7200") @Nullable
        BigDecimal dataAgeSeconds,

        @Schema(description = "The same in hours, to ten decimals.", examples = "2") @Nullable
        BigDecimal dataAgeHours,

        @Schema(description = "Why not; empty unless the state is not_ready.")
        List<ReasonView> reasons,

        @Schema(description = "What is worth knowing all the same.")
        List<ReasonView> warnings,

        @Schema(description = "What would have been reasons, had it not been a backfill.")
        List<ReasonView> waived,

        @Schema(description = "Each requirement and the row that decides it, in policy order.")
        List<RequirementView> requirements) {

    static VerdictView of(Verdict verdict, Moment moment) {
        Duration age = verdict.dataAge();
        return new VerdictView(
                new PolicyRef(
                        verdict.policy().name(),
                        verdict.policy().version() == 0
                                ? null
                                : verdict.policy().version()),
                verdict.question().gameDate(),
                verdict.question().mode(),
                verdict.state(),
                verdict.ready(),
                moment.evaluatedAt(),
                moment.asOf(),
                moment.position(),
                verdict.decidedAt(),
                verdict.expiresAt(),
                age == null ? null : Numbers.seconds(age),
                age == null ? null : Numbers.hours(age),
                verdict.reasons().stream().map(ReasonView::of).toList(),
                verdict.warnings().stream().map(ReasonView::of).toList(),
                verdict.waived().stream().map(ReasonView::of).toList(),
                verdict.judgements().stream()
                        .map(each -> RequirementView.of(each, moment.asOf()))
                        .toList());
    }

    static PolicyRef ref(Verdict verdict) {
        int version = verdict.policy().version();
        return new PolicyRef(verdict.policy().name(), version == 0 ? null : version);
    }

    /** The policy that answered. */
    @Schema(description = "The policy that answered; without name and version when it came with the question.")
    record PolicyRef(
            @Schema(description = "Its name.", examples = "phase4") @Nullable
            String name,

            @Schema(description = "Its version.", examples = "1") @Nullable
            Integer version) {}

    /** A reason, a warning or a waived reason. */
    @Schema(description = "One thing that a verdict says, and the numbers it says it by.")
    record ReasonView(
            @Schema(
                    description =
                            "What it says. Reasons and waived ones: slate_unknown to quorum_not_met; warnings: upstream_newer,"
                                    + " upstream_not_ready, slate_unknown, and no_work to retroactive_policy.")
            Code code,

            @Schema(
                    description = "The upstream policy that it is about; only where it is about one.",
                    examples = "phase3")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            String policy,

            @Schema(description = "The phase; null when it is about no single requirement.", examples = "phase4")
            @Nullable
            String phase,

            @Schema(description = "The processor.", examples = "player_daily_cache") @Nullable
            String processorName,

            @Schema(description = "The target date.", examples = "2026-02-02") @Nullable
            LocalDate gameDate,

            @Schema(description = "What was asked.", examples = "{\"min_records\": 50}") @Nullable
            Map<String, Object> required,

            @Schema(description = "What was found.", examples = "{\"record_count\": 24}") @Nullable
            Map<String, Object> observed,

            @Schema(description = "By how much it fell short.", examples = "{\"record_count\": 26}") @Nullable
            Map<String, Object> gap,

            @Schema(
                    description = "One sentence for people.",
                    examples = "player_daily_cache has not completed for 2026-02-02")
            String message) {

        static ReasonView of(Reason reason) {
            return new ReasonView(
                    reason.code(),
                    reason.policy(),
                    reason.phase(),
                    reason.processorName(),
                    reason.gameDate(),
                    reason.required(),
                    reason.observed(),
                    reason.gap(),
                    reason.message());
        }
    }

    /** A requirement held against the evidence. */
    @Schema(description = "A requirement, and the row that decides it.")
    record RequirementView(
            @Schema(description = "The phase.", examples = "phase4")
            String phase,

            @Schema(description = "The processor.", examples = "player_daily_cache")
            String processorName,

            @Schema(description = "The target date; null when no slate tells which it is.", examples = "2026-02-02")
            @Nullable
            LocalDate gameDate,

            @Schema(description = "Whether the policy may be ready without it.")
            boolean optional,

            @Schema(description = "Whether it holds.") boolean met,

            @Schema(description = "Of the deciding row; null when there is none.") @Nullable
            Status status,

            @Schema(description = "The count that is judged: of the newest accepted full row.", examples = "123")
            @Nullable
            Long recordCount,

            @Schema(description = "The bound in force, with the slate's part.", examples = "50") @Nullable
            Long minRecords,

            @Schema(description = "Of the same row as record_count.", examples = "123") @Nullable
            Long expectedCount,

            @Schema(description = "The least share of expected_count.", examples = "0.8") @Nullable
            BigDecimal minCoverage,

            @Schema(description = "The deciding row's.", examples = "2026-02-02T19:38:00Z") @Nullable
            Instant completedAt,

            @Schema(description = "From completed_at to as_of.", examples = "7200") @Nullable
            BigDecimal ageSeconds,

            @Schema(description = "The age at which it is still fresh.", examples = "21600") @Nullable
            BigDecimal maxAgeSeconds,

            @Schema(description = "Whether max_age_seconds matters for the target date.")
            boolean freshnessApplies,

            @Schema(description = "The deciding row.", examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11") @Nullable
            UUID completionId,

            @Schema(description = "The deciding row's.", examples = "1234") @Nullable
            Long position) {

        static RequirementView of(Judgement judgement, Instant asOf) {
            Completion deciding = judgement.deciding();
            Completion counted = judgement.counted();
            Duration maxAge = judgement.maxAge();
            return new RequirementView(
                    judgement.requirement().phase(),
                    judgement.requirement().processorName(),
                    judgement.gameDate(),
                    judgement.requirement().optional(),
                    judgement.met(),
                    deciding == null ? null : deciding.status(),
                    counted == null ? null : counted.recordCount(),
                    judgement.minRecords(),
                    counted == null ? null : counted.expectedCount(),
                    judgement.requirement().minCoverage(),
                    deciding == null ? null : deciding.completedAt(),
                    deciding == null ? null : Numbers.seconds(deciding.age(asOf)),
                    maxAge == null ? null : Numbers.seconds(maxAge),
                    judgement.freshnessApplies(),
                    deciding == null ? null : deciding.id(),
                    deciding == null ? null : deciding.position());
        }
    }
}

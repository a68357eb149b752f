package io.phaseledger.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Expected;
import io.phaseledger.readiness.Judgement;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Numbers;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.State;
import io.phaseledger.readiness.Status;
import io.phaseledger.readiness.Timeliness;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.timeliness.Timed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A verdict, as it is shown. */
@Schema
record VerdictView(
        PolicyRef policy,
        LocalDate gameDate,
        Mode mode,
        State state,
        boolean ready,
        Instant evaluatedAt,
        Instant asOf,
        long position,
        @Nullable Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable BigDecimal dataAgeSeconds,
        @Nullable BigDecimal dataAgeHours,
        @Nullable TimelinessView timeliness,
        @Nullable ExpectedView expectedAt,
        List<ReasonView> reasons,
        List<ReasonView> warnings,
        List<ReasonView> waived,
        List<RequirementView> requirements,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID receiptId) {

    static VerdictView of(Verdict verdict, Timed timed, Snapshot snapshot, ReceiptNote receipt) {
        Duration age = verdict.dataAge();
        return new VerdictView(
                ref(verdict),
                verdict.question().gameDate(),
                verdict.question().mode(),
                verdict.state(),
                verdict.ready(),
                snapshot.evaluatedAt(),
                snapshot.asOf(),
                snapshot.position(),
                verdict.decidedAt(),
                verdict.expiresAt(),
                age == null ? null : Numbers.seconds(age),
                age == null ? null : Numbers.hours(age),
                TimelinessView.of(timed.timeliness()),
                ExpectedView.of(timed.expected()),
                verdict.reasons().stream().map(ReasonView::of).toList(),
                Stream.concat(verdict.warnings().stream(), receipt.warning().stream())
                        .map(ReasonView::of)
                        .toList(),
                verdict.waived().stream().map(ReasonView::of).toList(),
                verdict.judgements().stream()
                        .map(each -> RequirementView.of(each, snapshot.asOf()))
                        .toList(),
                receipt.id());
    }

    static PolicyRef ref(Verdict verdict) {
        int version = verdict.policy().version();
        return new PolicyRef(verdict.policy().name(), version == 0 ? null : version);
    }

    /** All of them, in their order. */
    static List<VerdictView> of(List<Verdict> verdicts, List<Timed> timed, Snapshot snapshot) {
        return IntStream.range(0, verdicts.size())
                .mapToObj(i -> of(verdicts.get(i), timed.get(i), snapshot, ReceiptNote.NONE_ASKED))
                .toList();
    }

    /** Whether it came in time. */
    @Schema
    record TimelinessView(
            Instant dueAt,
            Timeliness.State state,
            @Nullable Instant landedAt,
            @Nullable BigDecimal lateBySeconds,
            @Nullable Instant expiredAt,
            boolean reportedLate) {

        static @Nullable TimelinessView of(@Nullable Timeliness timeliness) {
            if (timeliness == null) {
                return null;
            }
            Duration late = timeliness.late();
            return new TimelinessView(
                    timeliness.dueAt(),
                    timeliness.state(),
                    timeliness.landedAt(),
                    late == null ? null : Numbers.seconds(late),
                    timeliness.expiredAt(),
                    timeliness.reportedLate());
        }
    }

    /** When it is expected to be ready. */
    @Schema
    record ExpectedView(Instant p50, Instant p95) {

        static @Nullable ExpectedView of(@Nullable Expected expected) {
            return expected == null ? null : new ExpectedView(expected.p50(), expected.p95());
        }
    }

    /** The policy that answered. */
    @Schema
    record PolicyRef(@Nullable String name, @Nullable Integer version) {}

    /** A reason, a warning or a waived reason. */
    @Schema
    record ReasonView(
            Code code,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String policy,

            @Nullable String phase,
            @Nullable String processorName,
            @Nullable LocalDate gameDate,
            @Nullable Map<String, Object> required,
            @Nullable Map<String, Object> observed,
            @Nullable Map<String, Object> gap,
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
    @Schema
    record RequirementView(
            String phase,
            String processorName,
            @Nullable LocalDate gameDate,
            boolean optional,
            boolean met,
            @Nullable Status status,
            @Nullable Long recordCount,
            @Nullable Long minRecords,
            @Nullable Long expectedCount,
            @Nullable BigDecimal minCoverage,
            @Nullable Instant completedAt,
            @Nullable BigDecimal ageSeconds,
            @Nullable BigDecimal maxAgeSeconds,
            boolean freshnessApplies,
            @Nullable UUID completionId,
            @Nullable Long position) {

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

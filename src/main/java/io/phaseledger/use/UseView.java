package io.phaseledger.use;

import io.phaseledger.readiness.Code;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A run of a consumer, as it is shown. */
@Schema(name = "Use")
record UseView(
        String policy,
        int policyVersion,
        LocalDate gameDate,
        String consumer,
        String phase,
        @Nullable String executionId,
        UUID completionId,
        Status status,
        Mode mode,
        Instant startedAt,
        State state,
        List<Code> reasons,
        @Nullable BigDecimal dataAgeSeconds,
        DoneView byCompletion,
        boolean beforeReady,
        @Nullable BigDecimal maxAgeSeconds,
        boolean olderThanMaxAge,
        @Nullable UUID receiptId) {

    static UseView of(Use use, @Nullable UUID receipt) {
        ConsumerRun run = use.run();
        Verdict told = use.told();
        return new UseView(
                String.valueOf(told.policy().name()),
                told.policy().version(),
                run.gameDate(),
                run.processor(),
                run.phase(),
                run.executionId(),
                run.completion(),
                run.status(),
                run.mode(),
                run.startedAt(),
                told.state(),
                codes(told),
                seconds(told.dataAge()),
                new DoneView(
                        use.done().state(),
                        codes(use.done()),
                        seconds(use.done().dataAge())),
                use.isBeforeReady(),
                seconds(use.maxAge()),
                use.isOlderThanMaxAge(),
                receipt);
    }

    private static List<Code> codes(Verdict verdict) {
        return verdict.reasons().stream().map(Reason::code).toList();
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration age) {
        return age == null ? null : Numbers.seconds(age);
    }

    /** The verdict by what had been done, as it is shown. */
    @Schema(name = "DoneByThen")
    record DoneView(
            State state, List<Code> reasons, @Nullable BigDecimal dataAgeSeconds) {}
}

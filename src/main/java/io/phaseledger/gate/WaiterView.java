package io.phaseledger.gate;

import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Somebody who waits, as it is shown. */
@Schema(name = "Waiter", description = "A caller that waits for a verdict.")
record WaiterView(
        @Schema(description = "The policy that it asked.", examples = "phase4")
        String policy,

        @Schema(
                description = "The date that it asked about; null for today, whichever that is.",
                examples = "2026-02-02")
        @Nullable
        LocalDate gameDate,

        @Schema(description = "For which purpose it asked.") Mode mode,

        @Schema(description = "The processor that it says it is.", examples = "ml_feature_store") @Nullable
        String consumer,

        @Schema(description = "The principal that it is known as.", examples = "anonymous")
        String principal,

        @Schema(description = "Since when, by this instance's clock.", examples = "2026-02-02T21:37:31Z")
        Instant since,

        @Schema(description = "Until when at most.", examples = "2026-02-02T21:38:01Z")
        Instant until,

        @Schema(description = "The answer as it stands; null before the first look.") @Nullable
        State state,

        @Schema(description = "Why not, in codes.") List<Code> reasons) {

    static WaiterView of(Inquiry inquiry, Waiter waiter, @Nullable Answer last) {
        return new WaiterView(
                inquiry.policy(),
                inquiry.gameDate(),
                inquiry.mode(),
                waiter.who().consumer(),
                waiter.who().principal(),
                waiter.who().since(),
                waiter.who().since().plus(waiter.longest()),
                last == null ? null : last.verdict().state(),
                last == null
                        ? List.of()
                        : last.verdict().reasons().stream().map(Reason::code).toList());
    }
}

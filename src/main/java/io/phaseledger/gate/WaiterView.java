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

/** A caller that waits, as it is shown. */
@Schema(name = "Waiter")
record WaiterView(
        String policy,
        @Nullable LocalDate gameDate,
        Mode mode,
        @Nullable String consumer,
        String principal,
        Instant since,
        Instant until,
        @Nullable State state,
        List<Code> reasons) {

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

package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.readiness.Code;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Reason;
import io.phaseledger.readiness.State;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows who waits for what. */
@Path("/v1/waiters")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class WaitersResource {

    /** How many are shown; those who wait longest. */
    private static final int SHOWN = 1000;

    private final Waiters waiters;

    WaitersResource(Waiters waiters) {
        this.waiters = waiters;
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(operationId = "listWaiters")
    public WaiterList list() {
        List<WaiterView> all = waiters.groups().stream()
                .flatMap(WaitersResource::views)
                .sorted(Comparator.comparing(WaiterView::since))
                .toList();
        return new WaiterList(all.size(), all.stream().limit(SHOWN).toList());
    }

    private static Stream<WaiterView> views(WaitGroup group) {
        Answer last = group.last();
        return group.waiters().stream()
                .filter(waiter -> !waiter.longest().isZero())
                .map(waiter -> WaiterView.of(group.inquiry(), waiter, last));
    }

    /** Who waits. */
    @Schema(name = "Waiters")
    record WaiterList(int count, List<WaiterView> items) {}

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
                            : last.verdict().reasons().stream()
                                    .map(Reason::code)
                                    .toList());
        }
    }
}

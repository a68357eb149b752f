package io.phaseledger.gate;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

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
}

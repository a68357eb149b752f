package io.phaseledger.receipt;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Ids;
import io.phaseledger.http.Problem;
import io.phaseledger.http.RequestTarget;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Names;
import io.phaseledger.ledger.PageCursor;
import io.phaseledger.ledger.Positions;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows receipts, the newest first, and what overtook them. */
@Path("/v1/receipts")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class ReceiptResource {

    /** Receipts that one request looks at to find those that were overtaken, or were not. */
    private static final int MAX_SEARCHED = 1_000;

    private final ReceiptTable table;
    private final Positions positions;
    private final Names names;
    private final RequestTarget target;

    ReceiptResource(ReceiptTable table, Positions positions, Names names, RequestTarget target) {
        this.table = table;
        this.positions = positions;
        this.names = names;
        this.target = target;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listReceipts")
    public Response list(
            @BeanParam ReceiptSelection selection,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @Nullable PageCursor cursor) {
        Head head = positions.head();
        UUID below = cursor == null ? null : place(cursor, selection);
        int searched = selection.overtaken() == null ? limit : MAX_SEARCHED;
        List<ReceiptView> found = withOvertaking(table.page(selection.conditions(names.at(head), below), searched));
        List<ReceiptView> items =
                found.stream().filter(selection::includes).limit(limit).toList();
        ReceiptView last = items.size() == limit
                ? items.get(limit - 1)
                : found.size() == searched ? found.get(searched - 1) : null;
        String next = last == null ? null : new PageCursor(last.id().toString(), selection.fingerprint()).toString();
        Response.ResponseBuilder response = Response.ok(new ReceiptList(items, next));
        return (next == null ? response : response.header("Link", target.linkToNext(next)))
                .header("Ledger-Position", head.position())
                .build();
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{id}")
    @Operation(operationId = "getReceipt")
    public ReceiptView get(@PathParam("id") String id) {
        ReceiptView receipt = Ids.parse(id)
                .flatMap(table::byId)
                .orElseThrow(() -> Problem.of(404, "unknown_receipt", "there is no receipt " + id));
        return withOvertaking(List.of(receipt)).get(0);
    }

    private static UUID place(PageCursor cursor, ReceiptSelection selection) {
        return Ids.parse(cursor.placeIn(selection.fingerprint())).orElseThrow(PageCursor::invalid);
    }

    private List<ReceiptView> withOvertaking(List<ReceiptView> receipts) {
        Map<UUID, List<Overtaking>> overtaking =
                table.overtaking(receipts.stream().map(ReceiptView::id).toList());
        return receipts.stream()
                .map(each -> Optional.ofNullable(overtaking.get(each.id()))
                        .map(each::overtakenBy)
                        .orElse(each))
                .toList();
    }

    /** Receipts, the newest first. */
    @Schema(name = "Receipts")
    record ReceiptList(List<ReceiptView> items, @Nullable String nextCursor) {}
}

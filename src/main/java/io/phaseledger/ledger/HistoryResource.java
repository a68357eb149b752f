package io.phaseledger.ledger;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.RequestTarget;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows what was recorded, in position order: a page as JSON, or a whole selection as CSV or NDJSON. */
@Path("/v1/completions")
@Tag(name = "History")
class HistoryResource {

    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";

    private static final List<MediaType> OFFERED =
            List.of(MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(NDJSON), MediaType.valueOf(CSV));

    private final HistoryTable table;
    private final HistoryExport export;
    private final RequestTarget target;
    private final Positions positions;
    private final Names names;
    private final Map<String, HistoryExport.Format> formats;

    HistoryResource(HistoryTable table, HistoryExport export, Positions positions, Names names, RequestTarget target) {
        this.table = table;
        this.export = export;
        this.positions = positions;
        this.names = names;
        this.formats = Map.of(NDJSON, export::ndjson, CSV, export::csv);
        this.target = target;
    }

    @GET
    @Needs(Scope.READ)
    @Produces({MediaType.APPLICATION_JSON, NDJSON, CSV})
    @Operation(operationId = "listCompletions")
    public Response list(
            @BeanParam Selection selection,
            @BeanParam Paging paging,
            @Context HttpHeaders headers,
            @Context HttpServerRequest reader) {
        Head head = positions.head();
        Conditions conditions = selection.conditions(names.at(head));
        MediaType type = preferred(headers.getAcceptableMediaTypes());
        HistoryExport.Format format = formats.get(type.toString());
        Response.ResponseBuilder response;
        if (format == null) {
            response = page(conditions, head.position(), paging);
        } else {
            HistoryTable.Place start = paging.whole();
            response = Response.ok(
                    export.to(reader, format, new HistoryExport.Selected(conditions, head.position(), start)));
        }
        return response.type(type)
                .header("Vary", "Accept")
                .header(LedgerPosition.HEADER, head.position())
                .build();
    }

    /** The first that is offered of what is accepted first; parameters such as a charset make no difference. */
    private static MediaType preferred(List<MediaType> accepted) {
        return accepted.stream()
                .flatMap(each -> OFFERED.stream().filter(each::isCompatible))
                .findFirst()
                .orElse(MediaType.APPLICATION_JSON_TYPE);
    }

    private Response.ResponseBuilder page(Conditions conditions, long head, Paging paging) {
        HistoryTable.Place place = paging.place(conditions);
        HistoryTable.Page page = table.page(conditions, head, place, paging.rows());
        if (page.isLast()) {
            return Response.ok(new CompletionPage(page.rows(), null));
        }
        String next = Paging.cursor(place.after(page.lastRow()), conditions);
        return Response.ok(new CompletionPage(page.rows(), next)).header("Link", target.linkToNext(next));
    }

    /** A page of history. */
    @Schema
    record CompletionPage(
            List<CompletionView> items, @Nullable String nextCursor) {}
}

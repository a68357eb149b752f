package io.phaseledger.ledger;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows what was recorded, in position order: a page as JSON, or a whole selection as CSV or NDJSON. */
@Path("/v1/completions")
@Tag(name = "History")
class HistoryResource {

    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";

    private static final List<Variant> VARIANTS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(NDJSON), MediaType.valueOf(CSV))
            .build();

    private final HistoryTable table;
    private final Positions positions;
    private final Names names;
    private final Map<String, HistoryExport.Format> streams;

    HistoryResource(HistoryTable table, HistoryExport export, Positions positions, Names names) {
        this.table = table;
        this.positions = positions;
        this.names = names;
        this.streams = Map.of(NDJSON, export::ndjson, CSV, export::csv);
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, NDJSON, CSV})
    @Operation(operationId = "listCompletions", summary = "List what was recorded", description = """
                    In position order, page by page; what is recorded meanwhile does not disturb the pages. With Accept text/csv
                    or application/x-ndjson the whole selection streams, up to the end that the ledger had when it began.""")
    @APIResponse(responseCode = "200", ref = "Completions")
    @APIResponse(responseCode = "422", ref = "SelectionRefused")
    public Response list(
            @BeanParam Selection selection, @BeanParam Paging paging, @Context Request request, @Context UriInfo uri) {
        Head head = positions.head();
        Selection.Conditions conditions = selection.conditions(names.at(head));
        Variant variant = request.selectVariant(VARIANTS);
        String type = variant == null
                ? MediaType.APPLICATION_JSON
                : variant.getMediaType().toString();
        HistoryExport.Format stream = streams.get(type);
        Response.ResponseBuilder response =
                stream == null ? page(conditions, paging, uri) : stream(stream, conditions, paging, head);
        return response.type(type)
                .header(LedgerPosition.HEADER, head.position())
                .build();
    }

    private Response.ResponseBuilder page(Selection.Conditions conditions, Paging paging, UriInfo uri) {
        int limit = paging.limit();
        List<CompletionView> found = table.page(conditions, paging.place(conditions), limit + 1);
        if (found.size() <= limit) {
            return Response.ok(new CompletionPage(found, null));
        }
        List<CompletionView> items = found.subList(0, limit);
        String next = HistoryCursor.of(paging.place(conditions).after(items.get(limit - 1)), conditions);
        String link = uri.getRequestUriBuilder()
                .replaceQueryParam("cursor", next)
                .build()
                .toString();
        return Response.ok(new CompletionPage(items, next)).header("Link", "<" + link + ">; rel=\"next\"");
    }

    /** The whole of a selection up to the head of now: what is recorded meanwhile is not in it. */
    private static Response.ResponseBuilder stream(
            HistoryExport.Format format, Selection.Conditions conditions, Paging paging, Head head) {
        paging.checkStreams();
        HistoryTable.Place start = paging.start();
        Selection.Conditions known = conditions.upTo(head.position());
        StreamingOutput body = out -> format.write(known, start, out);
        return Response.ok(body);
    }

    /** A page of history. */
    @Schema(description = "Rows of the ledger in position order.")
    record CompletionPage(
            @Schema(description = "The rows.") List<CompletionView> items,

            @Schema(
                    description = "Where the next page begins; null when this is the last one so far.",
                    examples = "MS5ERVNDLjEyMzQuOWYyYzRhMWIwZDNlNWY2Nw")
            @Nullable
            String nextCursor) {}
}

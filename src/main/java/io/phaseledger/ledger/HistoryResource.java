package io.phaseledger.ledger;

import io.phaseledger.http.Parameters;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Shows what was recorded, in position order: a page as JSON, or a whole selection as CSV or NDJSON. */
@Path("/v1/completions")
class HistoryResource {

    static final String CSV = "text/csv";
    static final String NDJSON = "application/x-ndjson";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final HistoryTable table;
    private final HistoryExport export;
    private final Positions positions;
    private final Names names;

    HistoryResource(HistoryTable table, HistoryExport export, Positions positions, Names names) {
        this.table = table;
        this.export = export;
        this.positions = positions;
        this.names = names;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response page(
            @BeanParam Selection selection,
            @QueryParam("order")
                    @Parameter(
                            description = "By position; desc begins with the newest.",
                            schema =
                                    @Schema(
                                            enumeration = {"asc", "desc"},
                                            defaultValue = "desc"))
                    @Nullable
                    String order,
            @QueryParam("limit")
                    @Parameter(description = "Rows of a page, 1 to 1000.", schema = @Schema(defaultValue = "100"))
                    @Nullable
                    String limit,
            @QueryParam("cursor") @Parameter(description = "The next_cursor of the page before.") @Nullable
                    String cursor,
            @Context UriInfo uri) {
        Head head = positions.head();
        Selection.Conditions conditions = selection.conditions(names.at(head));
        int size = limit == null ? DEFAULT_LIMIT : Parameters.integer("limit", limit, 1, MAX_LIMIT);
        HistoryTable.Place start = HistoryTable.Place.start(order(order));
        HistoryTable.Place after = cursor == null ? start : HistoryCursor.parse(cursor, conditions);
        List<CompletionView> found = table.page(conditions, after, size + 1);
        List<CompletionView> items = found.subList(0, Math.min(size, found.size()));
        String next = found.size() > size ? HistoryCursor.of(after.after(items.get(size - 1)), conditions) : null;
        Response.ResponseBuilder response =
                Response.ok(new CompletionPage(items, next)).header(LedgerPosition.HEADER, head.position());
        return next == null
                ? response.build()
                : response.header("Link", "<" + linkTo(uri, next) + ">; rel=\"next\"")
                        .build();
    }

    @GET
    @Produces(NDJSON)
    public Response ndjson(@BeanParam Selection selection, @QueryParam("order") @Nullable String order) {
        return stream(selection, order, NDJSON, export::ndjson);
    }

    @GET
    @Produces(CSV)
    public Response csv(@BeanParam Selection selection, @QueryParam("order") @Nullable String order) {
        return stream(selection, order, CSV, export::csv);
    }

    /** The whole of a selection up to the head of now: what is recorded meanwhile is not in it. */
    private Response stream(Selection selection, @Nullable String order, String type, HistoryExport.Format format) {
        Head head = positions.head();
        Selection.Conditions conditions = selection.conditions(names.at(head)).upTo(head.position());
        HistoryTable.Place start = HistoryTable.Place.start(order(order));
        StreamingOutput body = out -> format.write(conditions, start, out);
        return Response.ok(body, type)
                .header(LedgerPosition.HEADER, head.position())
                .build();
    }

    private static HistoryTable.Order order(@Nullable String order) {
        return order == null ? HistoryTable.Order.DESC : Parameters.oneOf("order", order, HistoryTable.Order.class);
    }

    private static String linkTo(UriInfo uri, String cursor) {
        return uri.getRequestUriBuilder()
                .replaceQueryParam("cursor", cursor)
                .build()
                .toString();
    }

    /** A page of history. */
    @Schema(description = "Rows of the ledger in position order.")
    record CompletionPage(
            List<CompletionView> items,

            @Schema(description = "Where the next page begins; null when this is the last one so far.") @Nullable
            String nextCursor) {}
}

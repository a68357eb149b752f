package io.phaseledger.ledger;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a selection is asked for, and in which order, as it is sent. */
class Paging {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    @QueryParam("order")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"asc", "desc"},
                            defaultValue = "desc"))
    @Nullable
    String order;

    @QueryParam("limit")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    int limit() {
        return limit == null ? DEFAULT_LIMIT : Parameters.integer("limit", limit, 1, MAX_LIMIT);
    }

    /**
     * Where the page begins.
     *
     * @throws Problem when the cursor belongs to another selection or to the other order
     */
    HistoryTable.Place place(Conditions conditions) {
        HistoryTable.Place start = HistoryTable.Place.start(order());
        if (cursor == null) {
            return start;
        }
        HistoryTable.Place place = HistoryCursor.parse(cursor, conditions);
        if (order != null && place.order() != start.order()) {
            throw HistoryCursor.mismatch("belongs to a request in the other order");
        }
        return place;
    }

    /** A stream has no pages; a limit that was passed over would look like the whole. */
    HistoryTable.Place whole() {
        if (limit != null || cursor != null) {
            throw Problem.refused(FieldError.parameter(
                    limit != null ? "limit" : "cursor",
                    "not_with_streams",
                    "CSV and NDJSON stream the whole selection; only JSON has pages"));
        }
        return HistoryTable.Place.start(order());
    }

    private HistoryTable.Order order() {
        return order == null ? HistoryTable.Order.DESC : Parameters.oneOf("order", order, HistoryTable.Order.class);
    }
}

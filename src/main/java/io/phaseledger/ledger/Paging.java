package io.phaseledger.ledger;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a selection is asked for, and in which order. */
record Paging(
        @QueryParam("order")
        @Parameter(schema = @Schema(implementation = HistoryTable.Order.class, defaultValue = "desc"))
        HistoryTable.@Nullable Order order,

        @QueryParam("limit")
        @Parameter(schema = @Schema(implementation = Integer.class, defaultValue = "100"))
        @Min(1)
        @Max(1000)
        @Nullable
        Integer limit,

        @QueryParam("cursor") @Nullable PageCursor cursor) {

    private static final int DEFAULT_LIMIT = 100;
    private static final Pattern PLACE = Pattern.compile("(ASC|DESC)\\.(\\d{1,18})");

    int rows() {
        return Objects.requireNonNullElse(limit, DEFAULT_LIMIT);
    }

    /**
     * Where the page begins.
     *
     * @throws Problem when the cursor belongs to another selection or to the other order
     */
    HistoryTable.Place place(Conditions conditions) {
        if (cursor == null) {
            return start();
        }
        HistoryTable.Place place = place(cursor.placeIn(conditions.fingerprint()));
        if (order != null && place.order() != order) {
            throw PageCursor.mismatch("belongs to a request in the other order");
        }
        return place;
    }

    private static HistoryTable.Place place(String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw PageCursor.invalid();
        }
        return new HistoryTable.Place(HistoryTable.Order.valueOf(place.group(1)), Long.parseLong(place.group(2)));
    }

    /** A cursor to the page after one that ended at a place. */
    static String cursor(HistoryTable.Place end, Conditions conditions) {
        return new PageCursor(end.order() + "." + end.position(), conditions.fingerprint()).toString();
    }

    /** A stream has no pages; a limit that was passed over would look like the whole. */
    HistoryTable.Place whole() {
        if (limit != null || cursor != null) {
            throw Problem.refused(FieldError.parameter(
                    limit != null ? "limit" : "cursor",
                    "not_with_streams",
                    "CSV and NDJSON stream the whole selection; only JSON has pages"));
        }
        return start();
    }

    private HistoryTable.Place start() {
        return HistoryTable.Place.start(order == null ? HistoryTable.Order.DESC : order);
    }
}

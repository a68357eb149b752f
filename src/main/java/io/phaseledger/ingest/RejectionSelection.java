package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Parameters;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which rejected messages are asked for, as it is sent. */
class RejectionSelection {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /** Every id is before it. */
    private static final UUID START = new UUID(-1, -1);

    @QueryParam("source")
    @Parameter(schema = @Schema(enumeration = {"pubsub", "cloudevents", "openlineage"}))
    @Nullable
    String source;

    @QueryParam("resolved")
    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Nullable
    String resolved;

    @QueryParam("limit")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Nullable
    String limit;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    String[] sources() {
        return source == null
                ? Arrays.stream(Source.values()).map(EnumNames::of).toArray(String[]::new)
                : new String[] {EnumNames.of(Parameters.oneOf("source", source, Source.class))};
    }

    boolean isResolved() {
        return resolved != null && Parameters.bool("resolved", resolved);
    }

    int limit() {
        return limit == null ? DEFAULT_LIMIT : Parameters.integer("limit", limit, 1, MAX_LIMIT);
    }

    UUID before() {
        return cursor == null ? START : RejectionCursor.parse(cursor, word());
    }

    String cursorAfter(UUID last) {
        return RejectionCursor.of(last, word());
    }

    private String word() {
        return (source == null ? "all" : source) + (isResolved() ? "resolved" : "open");
    }
}

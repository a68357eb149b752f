package io.phaseledger.ingest;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Ids;
import io.phaseledger.ledger.PageCursor;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which rejected messages are asked for. */
record RejectionSelection(
        @QueryParam("source") @Nullable Door source,
        @QueryParam("outcome") @Nullable Kept outcome,
        @QueryParam("resolved") @DefaultValue("false") boolean resolved,

        @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000)
        int limit,

        @QueryParam("cursor") @Nullable PageCursor cursor) {

    /** Every id is before it. */
    private static final UUID START = new UUID(-1, -1);

    String[] sources() {
        Stream<Door> sources = source == null ? Arrays.stream(Door.values()) : Stream.of(source);
        return sources.map(EnumNames::of).toArray(String[]::new);
    }

    String[] outcomes() {
        Stream<Kept> outcomes = outcome == null ? Arrays.stream(Kept.values()) : Stream.of(outcome);
        return outcomes.map(EnumNames::of).toArray(String[]::new);
    }

    UUID before() {
        return cursor == null ? START : Ids.parse(cursor.placeIn(fingerprint())).orElseThrow(PageCursor::invalid);
    }

    String cursorAfter(UUID last) {
        return new PageCursor(last.toString(), fingerprint()).toString();
    }

    private String fingerprint() {
        return "%016x".formatted((source + " " + outcome + " " + resolved).hashCode());
    }

    /** As what a message is kept. */
    enum Kept {
        HELD,
        REJECTED
    }
}

package io.phaseledger.policy;

import io.phaseledger.http.Json;
import io.phaseledger.http.Parameters;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Shows how many units of work dates have, and takes what is said about them. */
@Path("/v1/slates")
@Produces(MediaType.APPLICATION_JSON)
class SlateResource {

    /** Before and after every date that can be recorded. */
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Json json;
    private final Positions positions;
    private final SlateTable table;
    private final SlateRegister register;

    SlateResource(Json json, Positions positions, SlateTable table, SlateRegister register) {
        this.json = json;
        this.positions = positions;
        this.table = table;
        this.register = register;
    }

    @GET
    @Transactional
    public SlateList list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("as_of") @Nullable String asOf) {
        Head head = positions.head();
        Instant at = asOf == null ? head.now() : Parameters.instant("as_of", asOf);
        List<SlateRow> rows = table.rows(
                from == null ? FIRST : Parameters.date("from", from),
                to == null ? LAST : Parameters.date("to", to),
                at,
                head.position());
        return new SlateList(rows.stream().map(SlateView::of).toList());
    }

    @PUT
    @Path("/{game_date}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("game_date") String gameDate, byte[] body) {
        LocalDate date = Parameters.date("game_date", gameDate);
        SlateRegister.Outcome outcome = register.put(date, json.read(body, PutSlate.class));
        return Response.status(outcome.isNew() ? 201 : 200)
                .entity(SlateView.of(outcome.row()))
                .build();
    }

    /** A slate in force. */
    @Schema(description = "How many units of work a date is known to have.")
    record SlateView(
            @Schema(examples = "2026-02-16") LocalDate gameDate,

            @Schema(description = "0 is a fact: nothing is due that day.", examples = "0")
            int units,

            @Schema(examples = "All-Star break") @Nullable String note,
            @Schema(description = "From when it was known.") Instant insertedAt,

            @Schema(description = "By the database's clock, where inserted_at was brought along.") @Nullable
            Instant importedAt,

            @Schema(description = "Its place in the ledger's one order.")
            long position,

            String recordedBy) {

        static SlateView of(SlateRow row) {
            return new SlateView(
                    row.gameDate, row.units, row.note, row.insertedAt, row.importedAt, row.position, row.recordedBy);
        }
    }

    /** Slates. */
    @Schema(description = "The slates in force, in the order of their dates; a date that is absent is unknown.")
    record SlateList(List<SlateView> items) {}
}

package io.phaseledger.policy;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.imports.ImportView;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows how many units of work dates have, and takes what is said about them. */
@Path("/v1/slates")
@Tag(name = "Policies and slates")
@Produces(MediaType.APPLICATION_JSON)
class SlateResource {

    /** Before and after every date that can be recorded. */
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Positions positions;
    private final SlateTable table;
    private final SlateRegister register;
    private final ImportSlates imports;

    SlateResource(Positions positions, SlateTable table, SlateRegister register, ImportSlates imports) {
        this.positions = positions;
        this.table = table;
        this.register = register;
        this.imports = imports;
    }

    @GET
    @Needs(Scope.READ)
    @Transactional
    @Operation(operationId = "listSlates")
    public SlateList list(
            @QueryParam("from") @Nullable LocalDate from,
            @QueryParam("to") @Nullable LocalDate to,
            @QueryParam("as_of") @Nullable Instant asOf) {
        Head head = positions.head();
        LocalDate first = Objects.requireNonNullElse(from, FIRST);
        LocalDate last = Objects.requireNonNullElse(to, LAST);
        Instant at = Objects.requireNonNullElse(asOf, head.now());
        if (last.isBefore(first)) {
            throw Problem.refused(FieldError.parameter("to", "out_of_range", "must not be before " + first));
        }
        Positions.checkNotAhead(at, head.now(), (code, detail) -> FieldError.parameter("as_of", code, detail));
        List<SlateRow> rows = table.rows(first, last, at, head.position());
        return new SlateList(rows.stream().map(SlateView::of).toList());
    }

    @PUT
    @Needs(Scope.OPERATE)
    @Path("/{game_date}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putSlate")
    public Response put(@PathParam("game_date") LocalDate gameDate, @RequestBody(ref = "PutSlate") PutSlate asked) {
        SlateRegister.Outcome outcome = register.put(gameDate, asked);
        return Response.status(outcome.isNew() ? 201 : 200)
                .entity(SlateView.of(outcome.row()))
                .build();
    }

    /** Takes a whole schedule. */
    @POST
    @Needs(Scope.OPERATE)
    @Path("/import")
    @Consumes({"application/x-ndjson", "application/jsonl", MediaType.APPLICATION_JSON})
    @Operation(operationId = "importSlates")
    public ImportView importAll(@RequestBody(ref = "ImportSlates") InputStream body) {
        return imports.from(body);
    }

    /** A slate in force. */
    @Schema
    record SlateView(
            LocalDate gameDate,
            int units,
            @Nullable String note,
            Instant insertedAt,
            @Nullable Instant importedAt,
            long position,
            String recordedBy) {

        static SlateView of(SlateRow row) {
            return new SlateView(
                    row.gameDate, row.units, row.note, row.insertedAt, row.importedAt, row.position, row.recordedBy);
        }
    }

    /** Slates. */
    @Schema
    record SlateList(List<SlateView> items) {}
}

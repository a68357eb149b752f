package io.phaseledger.imports;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.database.DatabaseClock;
import io.phaseledger.http.Ids;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows how far imports have come. */
@Path("/v1/imports")
@Tag(name = "Record")
@Produces(MediaType.APPLICATION_JSON)
class ImportsResource {

    private final ImportTable table;
    private final ImportsConfig config;
    private final DatabaseClock clock;

    ImportsResource(ImportTable table, ImportsConfig config, DatabaseClock clock) {
        this.table = table;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Needs(Scope.OPERATE)
    @Operation(operationId = "listImports")
    public ImportsPage list() {
        Instant now = clock.now();
        return new ImportsPage(table.newest().stream()
                .map(row -> ImportProgressView.of(row, now, config.stalledAfter()))
                .toList());
    }

    @GET
    @Needs(Scope.OPERATE)
    @Path("/{id}")
    @Operation(operationId = "getImport")
    public ImportProgressView get(@PathParam("id") String id) {
        return Ids.parse(id)
                .flatMap(table::find)
                .map(row -> ImportProgressView.of(row, clock.now(), config.stalledAfter()))
                .orElseThrow(() -> Problem.of(404, "unknown_import", "there is no import " + id));
    }

    /** Imports, newest first. */
    @Schema(name = "Imports")
    record ImportsPage(List<ImportProgressView> items) {}
}

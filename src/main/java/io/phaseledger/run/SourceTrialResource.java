package io.phaseledger.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.Problem;
import io.phaseledger.source.JobMapping;
import io.phaseledger.source.SourceDefinition;
import io.phaseledger.source.Sources;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tries a source before it is put. */
@Path("/v1/sources/try")
@Tag(name = "Sources")
@Produces(MediaType.APPLICATION_JSON)
class SourceTrialResource {

    private final Sources sources;
    private final SourceTrial trial;

    SourceTrialResource(Sources sources, SourceTrial trial) {
        this.sources = sources;
        this.trial = trial;
    }

    @POST
    @Needs(Scope.READ)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "trySource")
    public TriedRows rows(@RequestBody(ref = "TrySource") TrySource asked) {
        return new TriedRows(trial.rows(compiled(asked), asked.events()));
    }

    private BiFunction<String, String, JobMapping> compiled(TrySource asked) {
        try {
            return sources.trial(asked.name(), asked.source());
        } catch (Problem e) {
            throw e.under("/source");
        }
    }

    /**
     * A source and what it is to be tried with.
     *
     * @param name under which it would be put; null for one that is new and comes first of those with its priority
     */
    @Schema(additionalProperties = Schema.False.class)
    record TrySource(
            @Nullable String name,
            @Schema(ref = "PutSource") @NotNull @Valid SourceDefinition source,

            @Schema(type = SchemaType.ARRAY, implementation = Map.class) @Size(min = 1, max = 1000) @Nullable
            List<@NotNull ObjectNode> events) {}

    /** What the events would come to. */
    @Schema
    record TriedRows(List<TriedRow> rows) {}
}

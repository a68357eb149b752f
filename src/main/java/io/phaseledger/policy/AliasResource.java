package io.phaseledger.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Positions;
import io.phaseledger.ledger.Renaming;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
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
import java.util.Objects;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows and changes which reported names stand for which recorded ones. */
@Path("/v1/aliases/{kind}")
@Tag(name = "Policies and slates")
@Produces(MediaType.APPLICATION_JSON)
class AliasResource {

    private final Positions positions;
    private final Aliases aliases;
    private final Renaming renaming;

    AliasResource(Positions positions, Aliases aliases, Renaming renaming) {
        this.positions = positions;
        this.aliases = aliases;
        this.renaming = renaming;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listAliases")
    public AliasList list(@Parameter(ref = "kind") @PathParam("kind") Alias.Kind kind) {
        return new AliasList(aliases.at(positions.head()).of(kind).newest().stream()
                .map(AliasView::of)
                .toList());
    }

    @GET
    @Needs(Scope.READ)
    @Path("/{name}")
    @Operation(operationId = "getAlias")
    public AliasView get(@Parameter(ref = "kind") @PathParam("kind") Alias.Kind kind, @PathParam("name") String name) {
        return aliases.at(positions.head())
                .of(kind)
                .newest(PipelineName.normal(name))
                .map(AliasView::of)
                .orElseThrow(() -> unknown(name));
    }

    @PUT
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "putAlias")
    public Response put(
            @Parameter(ref = "kind") @PathParam("kind") Alias.Kind kind,
            @PathParam("name") String name,
            @QueryParam("restate") @DefaultValue("false") boolean restate,
            @RequestBody(ref = "SetAlias") SetAlias asked) {
        Aliases.Change change = aliases.set(kind, PipelineName.checked("name", name), asked.target());
        Alias now = Objects.requireNonNull(change.now());
        SortedMap<LocalDate, Long> rows = renaming.rows(kind.column, now.name());
        AliasView shown = restate
                ? AliasView.of(now, List.of(), restated(now, asked.target(), rows))
                : AliasView.of(now, kept(now, rows), 0L);
        boolean same = change.before().filter(now::equals).isPresent();
        return Response.status(same ? 200 : 201).entity(shown).build();
    }

    private long restated(Alias alias, String target, SortedMap<LocalDate, Long> rows) {
        return rows.keySet().stream()
                .mapToLong(date -> renaming.restate(alias.kind().column, alias.name(), target, date))
                .sum();
    }

    private static List<PolicyWarning> kept(Alias alias, SortedMap<LocalDate, Long> rows) {
        return rows.isEmpty() ? List.of() : List.of(PolicyWarning.rowsKept(alias, rows));
    }

    @DELETE
    @Needs(Scope.OPERATE)
    @Path("/{name}")
    @Operation(operationId = "deleteAlias")
    public Response delete(
            @Parameter(ref = "kind") @PathParam("kind") Alias.Kind kind, @PathParam("name") String name) {
        if (aliases.set(kind, PipelineName.normal(name), null).before().isEmpty()) {
            throw unknown(name);
        }
        return Response.noContent().build();
    }

    private static Problem unknown(String name) {
        return Problem.of(404, "unknown_alias", name + " stands for no other name");
    }

    /** What a name shall stand for. */
    @Schema(additionalProperties = Schema.False.class)
    record SetAlias(
            @NotNull @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE)
            String target) {

        SetAlias {
            target = PipelineName.normal(target);
        }
    }

    /** An alias in force. */
    @Schema
    record AliasView(
            @Schema(enumeration = {"processors", "phases"}) String kind,

            String name,
            String target,
            Instant insertedAt,
            String recordedBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long restated,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PolicyWarning> warnings) {

        static AliasView of(Alias alias) {
            return of(alias, null, null);
        }

        static AliasView of(Alias alias, @Nullable List<PolicyWarning> warnings, @Nullable Long restated) {
            return new AliasView(
                    EnumNames.of(alias.kind()),
                    alias.name(),
                    Objects.requireNonNull(alias.target()),
                    alias.insertedAt(),
                    alias.recordedBy(),
                    restated,
                    warnings);
        }
    }

    /** Aliases. */
    @Schema
    record AliasList(List<AliasView> items) {}
}

package io.phaseledger.mirror;

import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows how the mirror stands, reads from it and compares it. */
@Path("/v1/mirror")
@Tag(name = "Mirror")
@Produces(MediaType.APPLICATION_JSON)
class MirrorResource {

    private static final Duration AWAY = Duration.ofSeconds(30);

    private final MirrorConfig config;
    private final MirrorStatus standing;
    private final BigQueryConnection link;
    private final ImportRuns runs;
    private final MirrorJobs chores;
    private final Caller caller;

    MirrorResource(
            MirrorConfig config,
            MirrorStatus standing,
            BigQueryConnection link,
            ImportRuns runs,
            MirrorJobs chores,
            Caller caller) {
        this.config = config;
        this.standing = standing;
        this.link = link;
        this.runs = runs;
        this.chores = chores;
        this.caller = caller;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "getMirror")
    public MirrorView get() {
        if (config.project().isEmpty()) {
            return MirrorView.off();
        }
        Target target = Target.of(config);
        return MirrorView.of(target, standing.look(target), link.trouble(), runs.newest(target));
    }

    @POST
    @Path("/import")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "importMirror")
    public Response importFrom(
            @QueryParam("game_date_from") @NotNull LocalDate gameDateFrom,
            @QueryParam("game_date_to") @NotNull LocalDate gameDateTo) {
        checkOrder(gameDateFrom, gameDateTo);
        ImportRun run = runs.begin(
                Target.of(config), gameDateFrom, gameDateTo, caller.principal().name());
        return Response.accepted(run).build();
    }

    @POST
    @Path("/reconcile")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "reconcileMirror")
    public Comparison reconcile(
            @QueryParam("game_date_from") @Nullable LocalDate from,
            @QueryParam("game_date_to") @Nullable LocalDate to,
            @QueryParam("repair") @Nullable Repaired repair) {
        if (from != null && to != null) {
            checkOrder(from, to);
        }
        Target target = Target.of(config);
        try {
            return chores.compare(
                    target,
                    from,
                    to,
                    repair == Repaired.MISSING,
                    caller.principal().name());
        } catch (MirrorTrouble e) {
            throw e.isRefusal()
                    ? Problem.of(409, "mirror_refused", e.reason())
                    : Problem.of(503, "mirror_away", "BigQuery cannot be asked: " + e.reason())
                            .retryAfter(AWAY);
        }
    }

    private static void checkOrder(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw Problem.refused(FieldError.parameter("game_date_to", "out_of_range", "must not be before " + from));
        }
    }

    /** What a comparison may mend. */
    enum Repaired {
        MISSING
    }
}

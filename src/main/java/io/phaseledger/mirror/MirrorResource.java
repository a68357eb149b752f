package io.phaseledger.mirror;

import io.phaseledger.access.Caller;
import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.AllFaults;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows how the mirror stands, reads from it and compares it. */
@Path("/v1/mirror")
@Tag(name = "Mirror")
@Produces(MediaType.APPLICATION_JSON)
class MirrorResource {

    private static final Duration AWAY = Duration.ofSeconds(30);

    private final MirrorConfig config;
    private final Standing standing;
    private final Link link;
    private final ImportRuns runs;
    private final Chores chores;
    private final Caller caller;

    MirrorResource(MirrorConfig config, Standing standing, Link link, ImportRuns runs, Chores chores, Caller caller) {
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
            @Parameter(required = true, schema = @Schema(format = "date")) @QueryParam("game_date_from") @Nullable
                    String from,
            @Parameter(required = true, schema = @Schema(format = "date")) @QueryParam("game_date_to") @Nullable
                    String to) {
        AllFaults.check(
                () -> Parameters.endOfDates("game_date_from", from), () -> Parameters.endOfDates("game_date_to", to));
        LocalDate first = Parameters.endOfDates("game_date_from", from);
        LocalDate last = Parameters.endOfDates("game_date_to", to);
        checkOrder(first, last);
        ImportRun run =
                runs.begin(Target.of(config), first, last, caller.principal().name());
        return Response.accepted(MirrorView.ImportRunView.of(run)).build();
    }

    @POST
    @Path("/reconcile")
    @Needs(Scope.OPERATE)
    @Operation(operationId = "reconcileMirror")
    public Comparison reconcile(
            @Parameter(schema = @Schema(format = "date")) @QueryParam("game_date_from") @Nullable String from,
            @Parameter(schema = @Schema(format = "date")) @QueryParam("game_date_to") @Nullable String to,
            @Parameter(schema = @Schema(implementation = Repaired.class)) @QueryParam("repair") @Nullable
                    String repair) {
        AllFaults.check(() -> date("game_date_from", from), () -> date("game_date_to", to), () -> repairing(repair));
        LocalDate first = date("game_date_from", from);
        LocalDate last = date("game_date_to", to);
        if (first != null && last != null) {
            checkOrder(first, last);
        }
        Target target = Target.of(config);
        try {
            return chores.compare(
                    target, first, last, repairing(repair), caller.principal().name());
        } catch (MirrorTrouble e) {
            throw e.isRefusal()
                    ? Problem.of(409, "mirror_refused", e.reason())
                    : Problem.of(503, "mirror_away", "BigQuery cannot be asked: " + e.reason())
                            .retryAfter(AWAY);
        }
    }

    private static @Nullable LocalDate date(String name, @Nullable String value) {
        return value == null ? null : Parameters.date(name, value);
    }

    private static boolean repairing(@Nullable String repair) {
        return repair != null && Parameters.oneOf("repair", repair, Repaired.class) == Repaired.MISSING;
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

package io.phaseledger.use;

import io.phaseledger.access.Needs;
import io.phaseledger.access.Scope;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.GameDates;
import io.phaseledger.http.NameForm;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Shows which runs used what a policy covers, and whether it was ready when they began. */
@Path("/v1/uses")
@Tag(name = "Ask")
@Produces(MediaType.APPLICATION_JSON)
class UseResource {

    private final Uses uses;
    private final Positions positions;

    UseResource(Uses uses, Positions positions) {
        this.uses = uses;
        this.positions = positions;
    }

    @GET
    @Needs(Scope.READ)
    @Operation(operationId = "listUses")
    public Response list(
            @QueryParam("policy") @NotNull @Pattern(regexp = NameForm.PATTERN, message = NameForm.MESSAGE)
                    String policy,
            @QueryParam("from") @NotNull LocalDate from,
            @QueryParam("to") @NotNull LocalDate to,
            @QueryParam("as_of") @Nullable Instant asOf) {
        GameDates.check(from, to, (code, detail) -> FieldError.parameter("to", code, detail));
        Head head = positions.head();
        Positions.checkNotAhead(asOf, head.now(), (code, detail) -> FieldError.parameter("as_of", code, detail));
        Instant at = Objects.requireNonNullElse(asOf, head.now());
        return Response.ok(new UseList(uses.of(policy, from, to, at, head)))
                .header("Ledger-Position", head.position())
                .build();
    }

    /** Runs, date by date in the order in which they began. */
    @Schema(name = "Uses")
    record UseList(List<UseView> items) {}
}

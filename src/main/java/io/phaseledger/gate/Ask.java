package io.phaseledger.gate;

import io.phaseledger.http.Parameters;
import io.phaseledger.readiness.Mode;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters that every question has, as they are sent. */
class Ask {

    @QueryParam("mode")
    @Parameter(
            description = "live, or backfill for filling history; what that waives is the policy's to say.",
            schema =
                    @Schema(
                            enumeration = {"live", "backfill"},
                            defaultValue = "live"))
    @Nullable
    String mode;

    @QueryParam("as_of")
    @Parameter(
            description =
                    "The instant that the question is about, RFC 3339 with a zone; left out, now. Not in the future.",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"),
            example = "2026-02-02T11:00:00Z")
    @Nullable
    String asOf;

    @QueryParam("position")
    @Parameter(
            description = "Answer as if the ledger ended there; with as_of it gives an earlier answer again.",
            schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"),
            example = "1234")
    @Nullable
    String position;

    Mode mode() {
        return mode == null ? Mode.LIVE : Parameters.oneOf("mode", mode, Mode.class);
    }

    @Nullable
    Instant asOf() {
        return asOf == null ? null : Parameters.instant("as_of", asOf);
    }

    @Nullable
    Long position() {
        return position == null ? null : Parameters.position("position", position);
    }
}

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
            schema =
                    @Schema(
                            enumeration = {"live", "backfill"},
                            defaultValue = "live"))
    @Nullable
    String mode;

    @QueryParam("as_of")
    @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String asOf;

    @QueryParam("position")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
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

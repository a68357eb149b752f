package io.phaseledger.gate;

import io.phaseledger.http.AllFaults;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Applies;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The parameters of a question about one policy and one date, as they are sent. */
final class AskOne extends Ask {

    @QueryParam("within")
    @Parameter(schema = @Schema(type = SchemaType.STRING))
    @Nullable
    String within;

    @QueryParam("applies")
    @Parameter(schema = @Schema(enumeration = {"same_day", "always", "never"}))
    @Nullable
    String applies;

    @QueryParam("at_least")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @Nullable
    String atLeast;

    @QueryParam("wait")
    @Parameter(schema = @Schema(type = SchemaType.STRING))
    @Nullable
    String wait;

    @QueryParam("expect")
    @Parameter(schema = @Schema(enumeration = "ready"))
    @Nullable
    String expect;

    @QueryParam("consumer")
    @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = NameForm.PATTERN))
    @Nullable
    String consumer;

    /** Refuses what cannot be read, before anything is looked up. */
    void check() {
        AllFaults.check(
                this::asOf,
                this::position,
                this::atLeast,
                this::mode,
                this::within,
                this::applies,
                this::expectsReady,
                this::longest,
                this::checkConsumer);
    }

    private void checkConsumer() {
        if (consumer != null) {
            NameForm.check("consumer", consumer);
        }
    }

    @Nullable
    Duration within() {
        return within == null ? null : Parameters.duration("within", within);
    }

    @Nullable
    Applies applies() {
        return applies == null ? null : Parameters.oneOf("applies", applies, Applies.class);
    }

    @Nullable
    Long atLeast() {
        return atLeast == null ? null : Parameters.position("at_least", atLeast);
    }

    /** How long to wait for another answer than the first; null when that was not asked by a parameter. */
    @Nullable
    Duration longest() {
        if (wait == null) {
            return null;
        }
        Duration longest = Parameters.duration("wait", wait);
        if (longest.compareTo(WaitPreference.LONGEST) > 0) {
            throw Problem.refused(FieldError.parameter(
                    "wait",
                    "out_of_range",
                    "is longer than " + WaitPreference.LONGEST.toSeconds() + "s; ask again after it"));
        }
        if (asOf != null || position != null) {
            throw Problem.refused(FieldError.parameter(
                    "wait", "contradiction", "what was known then does not change: wait without as_of and position"));
        }
        return longest;
    }

    boolean expectsReady() {
        if (expect != null && !expect.equals("ready")) {
            throw Problem.refused(FieldError.parameter("expect", "unknown_value", "only ready can be expected"));
        }
        return expect != null;
    }
}

package io.phaseledger.ledger;

import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.PipelineName;
import io.phaseledger.http.Problem;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which rows of the ledger are asked for; what is left out selects everything. */
record Selection(
        @QueryParam("phase") @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) @Nullable
        String phase,

        @QueryParam("processor_name") @Pattern(regexp = PipelineName.PATTERN, message = PipelineName.MESSAGE) @Nullable
        String processorName,

        @QueryParam("status") @Nullable RowStatus status,

        @QueryParam("kind")
        @Parameter(schema = @Schema(implementation = Conditions.Kind.class, defaultValue = "completion"))
        Conditions.@Nullable Kind kind,

        @QueryParam("game_date") @Nullable LocalDate gameDate,

        @QueryParam("game_date_from") @Nullable LocalDate gameDateFrom,

        @QueryParam("game_date_to") @Nullable LocalDate gameDateTo,

        @QueryParam("completed_from") @Nullable Instant completedFrom,

        @QueryParam("completed_to") @Nullable Instant completedTo,

        @QueryParam("correlation_id") @Nullable String correlationId,

        @QueryParam("execution_id") @Nullable String executionId) {

    Selection {
        phase = PipelineName.normal(phase);
        processorName = PipelineName.normal(processorName);
    }

    /**
     * The conditions that a row must meet.
     *
     * @throws Problem 422 when a parameter contradicts another
     */
    Conditions conditions(Names.Known names) {
        checkDates();
        checkInstants();
        Conditions conditions = new Conditions();
        conditions.addKind(kindAsked());
        conditions.addName("phase", phase, names::phase);
        conditions.addName("processor_name", processorName, names::processor);
        conditions.add("status = ?", "status", status == null ? null : EnumNames.of(status));
        conditions.addEqual("game_date", gameDate);
        conditions.addRange("game_date >= ?", "date_from", gameDateFrom);
        conditions.addRange("game_date <= ?", "date_to", gameDateTo);
        conditions.addRange("completed_at >= ?", "completed_from", completedFrom);
        conditions.addRange("completed_at < ?", "completed_to", completedTo);
        conditions.addEqual("correlation_id", correlationId);
        conditions.addEqual("execution_id", executionId);
        return conditions;
    }

    /** Nothing is both a completion and retracted, so an empty answer would mislead. */
    private Conditions.Kind kindAsked() {
        boolean retractions = status == RowStatus.RETRACTED;
        if (kind == null) {
            return retractions ? Conditions.Kind.RETRACTION : Conditions.Kind.COMPLETION;
        }
        if (status != null && kind == (retractions ? Conditions.Kind.COMPLETION : Conditions.Kind.RETRACTION)) {
            throw refused("status", "contradiction", "only retractions have the status retracted, and no other");
        }
        return kind;
    }

    private void checkDates() {
        if (gameDate != null && (gameDateFrom != null || gameDateTo != null)) {
            throw refused("game_date", "contradiction", "either game_date, or game_date_from and game_date_to");
        }
        if (gameDateFrom != null && gameDateTo != null && gameDateTo.isBefore(gameDateFrom)) {
            throw refused("game_date_to", "out_of_range", "must not be before " + gameDateFrom);
        }
    }

    private void checkInstants() {
        if (completedFrom != null && completedTo != null && !completedTo.isAfter(completedFrom)) {
            throw refused(
                    "completed_to", "out_of_range", "is itself not included, so it must be after " + completedFrom);
        }
    }

    private static Problem refused(String parameter, String code, String detail) {
        return Problem.refused(FieldError.parameter(parameter, code, detail));
    }

    /** The status of a completion, or that of a retraction. */
    enum RowStatus {
        SUCCESS,
        PARTIAL,
        FAILED,
        NO_DATA,
        SKIPPED,
        RUNNING,
        RETRACTED
    }
}

package io.phaseledger.ledger;

import io.phaseledger.http.AllFaults;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.NameForm;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import io.phaseledger.readiness.Status;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which rows of the ledger are asked for, as it is sent; what is left out selects everything. */
class Selection {

    @QueryParam("phase")
    @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = NameForm.PATTERN))
    @Nullable
    String phase;

    @QueryParam("processor_name")
    @Parameter(schema = @Schema(type = SchemaType.STRING, pattern = NameForm.PATTERN))
    @Nullable
    String processorName;

    @QueryParam("status")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"success", "partial", "failed", "no_data", "skipped", "running", "retracted"
                            }))
    @Nullable
    String status;

    @QueryParam("kind")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"completion", "retraction", "all"},
                            defaultValue = "completion"))
    @Nullable
    String kind;

    @QueryParam("game_date")
    @Parameter(schema = @Schema(format = "date"))
    @Nullable
    String gameDate;

    @QueryParam("game_date_from")
    @Parameter(schema = @Schema(format = "date"))
    @Nullable
    String gameDateFrom;

    @QueryParam("game_date_to")
    @Parameter(schema = @Schema(format = "date"))
    @Nullable
    String gameDateTo;

    @QueryParam("completed_from")
    @Parameter(schema = @Schema(format = "date-time"))
    @Nullable
    String completedFrom;

    @QueryParam("completed_to")
    @Parameter(schema = @Schema(format = "date-time"))
    @Nullable
    String completedTo;

    @QueryParam("correlation_id")
    @Nullable
    String correlationId;

    @QueryParam("execution_id")
    @Nullable
    String executionId;

    /**
     * The conditions that a row must meet.
     *
     * @throws Problem when a parameter cannot be read or contradicts another
     */
    Conditions conditions(Names.Known names) {
        Conditions conditions = new Conditions();
        AllFaults.check(
                () -> conditions.addKind(kind()),
                () -> conditions.addName("phase", name("phase", phase), names::phase),
                () -> conditions.addName("processor_name", name("processor_name", processorName), names::processor),
                () -> conditions.add("status = ?", "status", status()),
                () -> addDates(conditions),
                () -> addInstants(conditions));
        conditions.addEqual("correlation_id", correlationId);
        conditions.addEqual("execution_id", executionId);
        return conditions;
    }

    /** Nothing is both a completion and retracted, so an empty answer would mislead. */
    private Conditions.Kind kind() {
        boolean retractions = CompletionRow.RETRACTED.equals(status);
        if (kind == null) {
            return retractions ? Conditions.Kind.RETRACTION : Conditions.Kind.COMPLETION;
        }
        Conditions.Kind asked = Parameters.oneOf("kind", kind, Conditions.Kind.class);
        if (status != null && asked == (retractions ? Conditions.Kind.COMPLETION : Conditions.Kind.RETRACTION)) {
            throw refused("status", "contradiction", "only retractions have the status retracted, and no other");
        }
        return asked;
    }

    private @Nullable String status() {
        return status == null || status.equals(CompletionRow.RETRACTED)
                ? status
                : EnumNames.of(Parameters.oneOf("status", status, Status.class));
    }

    private void addDates(Conditions conditions) {
        if (gameDate != null && (gameDateFrom != null || gameDateTo != null)) {
            throw refused("game_date", "contradiction", "either game_date, or game_date_from and game_date_to");
        }
        AllFaults.check(
                () -> date("game_date", gameDate),
                () -> date("game_date_from", gameDateFrom),
                () -> date("game_date_to", gameDateTo));
        LocalDate from = date("game_date_from", gameDateFrom);
        LocalDate to = date("game_date_to", gameDateTo);
        if (from != null && to != null && to.isBefore(from)) {
            throw refused("game_date_to", "out_of_range", "must not be before " + from);
        }
        conditions.addEqual("game_date", date("game_date", gameDate));
        conditions.addRange("game_date >= ?", "date_from", from);
        conditions.addRange("game_date <= ?", "date_to", to);
    }

    private void addInstants(Conditions conditions) {
        AllFaults.check(() -> instant("completed_from", completedFrom), () -> instant("completed_to", completedTo));
        Instant from = instant("completed_from", completedFrom);
        Instant to = instant("completed_to", completedTo);
        if (from != null && to != null && !to.isAfter(from)) {
            throw refused("completed_to", "out_of_range", "is itself not included, so it must be after " + from);
        }
        conditions.addRange("completed_at >= ?", "completed_from", from);
        conditions.addRange("completed_at < ?", "completed_to", to);
    }

    private static @Nullable String name(String parameter, @Nullable String name) {
        if (name != null) {
            NameForm.check(parameter, name);
        }
        return name;
    }

    private static @Nullable LocalDate date(String name, @Nullable String value) {
        return value == null ? null : Parameters.date(name, value);
    }

    private static @Nullable Instant instant(String name, @Nullable String value) {
        return value == null ? null : Parameters.instant(name, value);
    }

    private static Problem refused(String parameter, String code, String detail) {
        return Problem.refused(FieldError.parameter(parameter, code, detail));
    }
}

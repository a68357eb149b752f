package io.phaseledger.ledger;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Parameters;
import io.phaseledger.http.Problem;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which rows of the ledger are asked for, as it is sent; what is left out selects everything. */
class Selection {

    @QueryParam("phase")
    @Parameter(description = "The phase; an alias finds what it stands for.", example = "phase4")
    @Nullable
    String phase;

    @QueryParam("processor_name")
    @Parameter(description = "The processor; an alias finds what it stands for.", example = "player_daily_cache")
    @Nullable
    String processorName;

    @QueryParam("status")
    @Parameter(
            description = "How it ended.",
            schema =
                    @Schema(
                            enumeration = {"success", "partial", "failed", "no_data", "skipped", "running", "retracted"
                            }),
            example = "failed")
    @Nullable
    String status;

    @QueryParam("kind")
    @Parameter(
            description = "completion, retraction, or all for both.",
            schema =
                    @Schema(
                            enumeration = {"completion", "retraction", "all"},
                            defaultValue = "completion"))
    @Nullable
    String kind;

    @QueryParam("game_date")
    @Parameter(description = "One date.", schema = @Schema(format = "date"), example = "2026-02-02")
    @Nullable
    String gameDate;

    @QueryParam("game_date_from")
    @Parameter(description = "The first date.", schema = @Schema(format = "date"), example = "2026-02-01")
    @Nullable
    String gameDateFrom;

    @QueryParam("game_date_to")
    @Parameter(description = "The last date.", schema = @Schema(format = "date"), example = "2026-02-28")
    @Nullable
    String gameDateTo;

    @QueryParam("completed_from")
    @Parameter(
            description = "Completed at that instant or later.",
            schema = @Schema(format = "date-time"),
            example = "2026-02-02T00:00:00Z")
    @Nullable
    String completedFrom;

    @QueryParam("completed_to")
    @Parameter(
            description = "Completed before that instant.",
            schema = @Schema(format = "date-time"),
            example = "2026-02-03T00:00:00Z")
    @Nullable
    String completedTo;

    @QueryParam("correlation_id")
    @Parameter(description = "The pipeline run.", example = "nightly-2026-02-02")
    @Nullable
    String correlationId;

    @QueryParam("execution_id")
    @Parameter(description = "The run of the job.", example = "player_daily_cache-2026-02-03T07:00")
    @Nullable
    String executionId;

    /**
     * The conditions that a row must meet.
     *
     * @throws Problem when a parameter cannot be read or contradicts another
     */
    Conditions conditions(Names.Known names) {
        if (gameDate != null && (gameDateFrom != null || gameDateTo != null)) {
            throw Problem.refused(FieldError.parameter(
                    "game_date", "contradiction", "either game_date, or game_date_from and game_date_to"));
        }
        Conditions conditions = new Conditions();
        conditions.addKind(kind == null ? Kind.COMPLETION : Parameters.oneOf("kind", kind, Kind.class));
        conditions.addName("phase", phase, names::phase);
        conditions.addName("processor_name", processorName, names::processor);
        conditions.add("status = :status", "status", status == null ? null : status());
        conditions.add("game_date = :game_date", "game_date", date("game_date", gameDate));
        conditions.add("game_date >= :date_from", "date_from", date("game_date_from", gameDateFrom));
        conditions.add("game_date <= :date_to", "date_to", date("game_date_to", gameDateTo));
        conditions.add("completed_at >= :completed_from", "completed_from", instant("completed_from", completedFrom));
        conditions.add("completed_at < :completed_to", "completed_to", instant("completed_to", completedTo));
        conditions.add("correlation_id = :correlation_id", "correlation_id", correlationId);
        conditions.add("execution_id = :execution_id", "execution_id", executionId);
        return conditions;
    }

    private @Nullable String status() {
        return status == null || status.equals(CompletionRow.RETRACTED)
                ? status
                : CompletionRow.word(Parameters.oneOf("status", status, io.phaseledger.readiness.Status.class));
    }

    private static @Nullable LocalDate date(String name, @Nullable String value) {
        return value == null ? null : Parameters.date(name, value);
    }

    private static @Nullable Instant instant(String name, @Nullable String value) {
        return value == null ? null : Parameters.instant(name, value);
    }

    /** Which kinds of rows. */
    enum Kind {
        COMPLETION,
        RETRACTION,
        ALL
    }

    /** Conditions in SQL and the values that they are bound to. */
    static final class Conditions {

        private final List<String> sql = new ArrayList<>();
        private final Map<String, Object> values = new LinkedHashMap<>();

        private void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                sql.add(condition);
                values.put(name, value);
            }
        }

        private void addKind(Kind kind) {
            if (kind != Kind.ALL) {
                add("kind = :kind", "kind", kind.name().toLowerCase(java.util.Locale.ROOT));
            }
        }

        /** A row recorded before its name became an alias has the name itself. */
        private void addName(String column, @Nullable String name, UnaryOperator<String> resolve) {
            if (name != null) {
                add(column + " = ANY (:" + column + ")", column, new String[] {name, resolve.apply(name)});
            }
        }

        /** The same, as if the ledger ended at a position. */
        Conditions upTo(long position) {
            add("position <= :up_to", "up_to", position);
            return this;
        }

        String sql() {
            return sql.isEmpty() ? "true" : String.join(" AND ", sql);
        }

        Map<String, Object> values() {
            return values;
        }

        /** What tells this selection from another, for a cursor that must not be used with another. */
        String fingerprint() {
            CanonicalForm form = new CanonicalForm("selection");
            values.forEach((name, value) -> form.add(name)
                    .add(value instanceof String[] names ? List.of(names).toString() : value.toString()));
            return java.util.HexFormat.of().formatHex(form.sha256(), 0, 8);
        }
    }
}

package io.phaseledger.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of the insert, which sends all that it has of many rows as one array.
 *
 * <p>The arrays are of types that the driver sends in binary: text costs both sides several times as much.
 *
 * @param type of the array's elements
 * @param stored what is stored of an element, in SQL
 */
record Column<T>(
        String name,
        String type,
        String stored,
        IntFunction<T[]> array,
        Function<CompletionRow, ? extends @Nullable T> value) {

    static final List<Column<?>> ALL = List.of(
            text("phase", row -> row.phase),
            date("game_date", row -> row.gameDate),
            text("processor_name", row -> row.processorName),
            text("status", row -> row.status),
            number("record_count", row -> row.recordCount),
            text("correlation_id", row -> row.correlationId),
            text("execution_id", row -> row.executionId),
            instant("completed_at", row -> row.completedAt),
            bool("is_incremental", row -> row.isIncremental),
            text("entities_changed", "text[]", row -> literal(row.entitiesChanged)),
            text("metadata", "json", row -> row.metadata),
            instant("inserted_at", row -> row.insertedAt),
            number("position", row -> row.position),
            id("id", row -> row.id),
            text("kind", row -> row.kind),
            id("retracts", row -> row.retracts),
            text("reported_phase", row -> row.reportedPhase),
            text("reported_name", row -> row.reportedName),
            instant("started_at", row -> row.startedAt),
            number("expected_count", row -> row.expectedCount),
            bool("is_backfill", row -> row.isBackfill),
            hash("identity_key", row -> row.identityKey),
            hash("content_hash", row -> row.contentHash),
            text("recorded_by", row -> row.recordedBy),
            instant("imported_at", row -> row.importedAt),
            hash("prev_hash", row -> row.prevHash),
            hash("row_hash", row -> row.rowHash));

    /** Appends rows; takes one array a column, in this order. */
    static final String INSERT = "INSERT INTO nba_orchestration.phase_completions ("
            + joined(Column::name) + ") SELECT " + joined(Column::stored)
            + " FROM unnest(" + joined(column -> "?::" + column.type() + "[]") + ") AS row (" + joined(Column::name)
            + ")";

    private static String joined(Function<Column<?>, String> part) {
        return ALL.stream().map(part).collect(Collectors.joining(", "));
    }

    /** Binds what the rows have to the parameters of {@link #INSERT}. */
    static void bind(List<CompletionRow> rows, PreparedStatement insert) throws SQLException {
        List<@Nullable Object[]> arrays = new ArrayList<>();
        ALL.forEach(column -> arrays.add(column.array().apply(rows.size())));
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < arrays.size(); i++) {
                arrays.get(i)[row] = ALL.get(i).value().apply(rows.get(row));
            }
        }
        for (int i = 0; i < arrays.size(); i++) {
            insert.setArray(
                    i + 1, insert.getConnection().createArrayOf(ALL.get(i).type(), arrays.get(i)));
        }
    }

    private static Column<String> text(String name, Function<CompletionRow, @Nullable String> value) {
        return new Column<>(name, "text", name, String[]::new, value);
    }

    private static Column<String> text(String name, String type, Function<CompletionRow, @Nullable String> value) {
        return new Column<>(name, "text", name + "::" + type, String[]::new, value);
    }

    /** https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO: arrays of different lengths make no array. */
    private static String literal(String[] elements) {
        return Arrays.stream(elements)
                .map(element -> '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Column<String> id(String name, Function<CompletionRow, @Nullable UUID> value) {
        return text(name, "uuid", row -> {
            UUID id = value.apply(row);
            return id == null ? null : id.toString();
        });
    }

    private static Column<Long> number(String name, Function<CompletionRow, @Nullable Long> value) {
        return new Column<>(name, "bigint", name, Long[]::new, value);
    }

    private static Column<Boolean> bool(String name, Function<CompletionRow, Boolean> value) {
        return new Column<>(name, "boolean", name, Boolean[]::new, value);
    }

    private static Column<byte[]> hash(String name, Function<CompletionRow, byte[]> value) {
        return new Column<>(name, "bytea", name, byte[][]::new, value);
    }

    private static Column<Integer> date(String name, Function<CompletionRow, LocalDate> value) {
        return new Column<>(
                name,
                "int",
                "date 'epoch' + " + name,
                Integer[]::new,
                row -> Math.toIntExact(value.apply(row).toEpochDay()));
    }

    /** In microseconds since 1970; up to the year 2255, floating point has each of them. */
    private static Column<Long> instant(String name, Function<CompletionRow, @Nullable Instant> value) {
        return new Column<>(
                name,
                "bigint",
                "timestamptz 'epoch' + " + name + " * interval '1 microsecond'",
                Long[]::new,
                row -> CanonicalForm.micros(value.apply(row)));
    }
}

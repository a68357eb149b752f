package io.phaseledger.ledger;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The table of completions: every read by identity, and the one insert. */
@ApplicationScoped
class CompletionTable implements PanacheRepositoryBase<CompletionRow, Long> {

    static final String BY_IDENTITY =
            "SELECT * FROM nba_orchestration.phase_completions WHERE identity_key = ANY (:identities)";

    static final String RETRACTIONS =
            "SELECT * FROM nba_orchestration.phase_completions WHERE retracts = ANY (:ids)";

    private static final List<Column> COLUMNS = List.of(
            new Column("phase", "text", row -> row.phase),
            new Column("game_date", "date", row -> row.gameDate),
            new Column("processor_name", "text", row -> row.processorName),
            new Column("status", "text", row -> row.status),
            new Column("record_count", "bigint", row -> row.recordCount),
            new Column("correlation_id", "text", row -> row.correlationId),
            new Column("execution_id", "text", row -> row.executionId),
            new Column("completed_at", "timestamptz", row -> text(row.completedAt)),
            new Column("is_incremental", "boolean", row -> row.isIncremental),
            new Column("entities_changed", "text", "text[]", row -> PgArray.literal(row.entitiesChanged)),
            new Column("metadata", "text", "json", row -> row.metadata),
            new Column("inserted_at", "timestamptz", row -> text(row.insertedAt)),
            new Column("position", "bigint", row -> row.position),
            new Column("id", "uuid", row -> row.id),
            new Column("kind", "text", row -> row.kind),
            new Column("retracts", "uuid", row -> row.retracts),
            new Column("reported_phase", "text", row -> row.reportedPhase),
            new Column("reported_name", "text", row -> row.reportedName),
            new Column("started_at", "timestamptz", row -> text(row.startedAt)),
            new Column("expected_count", "bigint", row -> row.expectedCount),
            new Column("is_backfill", "boolean", row -> row.isBackfill),
            new Column("identity_key", "bytea", row -> row.identityKey),
            new Column("content_hash", "bytea", row -> row.contentHash),
            new Column("recorded_by", "text", row -> row.recordedBy),
            new Column("imported_at", "timestamptz", row -> text(row.importedAt)),
            new Column("prev_hash", "bytea", row -> row.prevHash),
            new Column("row_hash", "bytea", row -> row.rowHash));

    private static final String INSERT = "INSERT INTO nba_orchestration.phase_completions ("
            + joined(Column::name) + ") SELECT " + joined(Column::stored)
            + " FROM unnest(" + joined(Column::parameter) + ") AS row (" + joined(Column::name) + ")";

    Optional<CompletionRow> byId(UUID id) {
        return find("id", id).firstResultOptional();
    }

    Stream<CompletionRow> at(Collection<Long> positions) {
        return list("position in ?1", positions).stream();
    }

    Optional<CompletionRow> retractionOf(UUID id) {
        return find("retracts", id).firstResultOptional();
    }

    /** The rows that have one of these identities, by identity in hexadecimal. */
    Map<String, CompletionRow> byIdentity(List<byte[]> identities) {
        List<CompletionRow> rows = getSession()
                .createNativeQuery(BY_IDENTITY, CompletionRow.class)
                .setParameter("identities", identities.toArray(new byte[0][]))
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> Recording.key(row.identityKey), row -> row));
    }

    /** What retracts those of these rows that were retracted. */
    Map<UUID, UUID> retractions(Collection<CompletionRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        return getSession()
                .createNativeQuery(RETRACTIONS, CompletionRow.class)
                .setParameter("ids", rows.stream().map(row -> row.id).toArray(UUID[]::new))
                .getResultStream()
                .collect(Collectors.toMap(row -> row.retracts, row -> row.id));
    }

    /** Appends rows whose positions were taken in the caller's transaction, under the lock. */
    void insert(List<CompletionRow> rows) {
        Session session = getSession();
        session.doWork(connection -> insert(connection, rows));
    }

    private static void insert(Connection connection, List<CompletionRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                Column column = COLUMNS.get(i);
                List<@Nullable Object> values = new ArrayList<>();
                rows.forEach(row -> values.add(column.value().apply(row)));
                insert.setArray(i + 1, array(connection, column.type(), values));
            }
            insert.executeUpdate();
        }
    }

    /** The driver would take Instant's own text, at five times the cost. */
    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toString();
    }

    /** The driver takes byte strings only as what they are. */
    private static Array array(Connection connection, String type, List<?> values) throws SQLException {
        return connection.createArrayOf(type, type.equals("bytea") ? values.toArray(new byte[0][]) : values.toArray());
    }

    private static String joined(Function<Column, String> part) {
        return COLUMNS.stream().map(part).collect(Collectors.joining(", "));
    }

    /**
     * A column of the insert, which sends each as one array.
     *
     * @param type of the array's elements
     * @param storedAs what the element is cast to: an array or a document travels as its text
     */
    private record Column(
            String name, String type, @Nullable String storedAs, Function<CompletionRow, @Nullable Object> value) {

        Column(String name, String type, Function<CompletionRow, @Nullable Object> value) {
            this(name, type, null, value);
        }

        String parameter() {
            return "?::" + type + "[]";
        }

        String stored() {
            return storedAs == null ? name : name + "::" + storedAs;
        }
    }
}

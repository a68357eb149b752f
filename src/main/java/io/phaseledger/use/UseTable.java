package io.phaseledger.use;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Ids;
import io.phaseledger.readiness.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Reads what consumers reported, and the receipts that they had; each by one statement. */
final class UseTable {

    private static final String ROWS = """
            SELECT c.id, c.position, c.phase, c.processor_name, c.game_date, c.status, c.execution_id, c.started_at,
                   c.completed_at, c.is_backfill, c.metadata ->> 'receipt_id' AS receipt
            FROM nba_orchestration.phase_completions c
            WHERE c.kind = 'completion' AND c.processor_name = ANY (?) AND c.game_date BETWEEN ? AND ?
              AND c.inserted_at <= ? AND c.position <= ?
              AND NOT EXISTS (
                  SELECT FROM nba_orchestration.phase_completions r
                  WHERE r.retracts = c.id AND r.inserted_at <= ? AND r.position <= ?)
            LIMIT ?""";

    /** The one that the run names, if it is its own; else the last before it began. */
    private static final String RECEIPTS = """
            SELECT of.number, coalesce(named.id, last.id) AS id
            FROM unnest(?::text[], ?::date[], ?::timestamptz[], ?::uuid[])
                WITH ORDINALITY AS of (consumer, game_date, started_at, receipt, number)
            LEFT JOIN nba_orchestration.receipts named
                ON named.id = of.receipt AND named.policy = ? AND named.game_date = of.game_date
                   AND named.consumer = of.consumer AND named.inserted_at <= ?
            LEFT JOIN LATERAL (
                SELECT r.id FROM nba_orchestration.receipts r
                WHERE r.policy = ? AND r.game_date = of.game_date AND r.consumer = of.consumer
                  AND r.inserted_at <= least(of.started_at, ?)
                ORDER BY r.inserted_at DESC, r.id DESC LIMIT 1
            ) AS last ON true""";

    static final String NEWEST_SLATE = "SELECT coalesce(max(position), 0) AS position FROM nba_orchestration.slates";

    private UseTable() {}

    /**
     * What these reported for dates, without what was taken back.
     *
     * @param limit rows at most
     */
    static List<RunRow> rows(
            Connection connection,
            Collection<String> processors,
            LocalDate from,
            LocalDate to,
            Instant asOf,
            long position,
            int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROWS)) {
            Statements.bind(select, processors.toArray(String[]::new), from, to, asOf, position, asOf, position, limit);
            return Statements.rows(select, UseTable::row);
        }
    }

    private static RunRow row(ResultSet row) throws SQLException {
        return new RunRow(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                row.getString("phase"),
                row.getString("processor_name"),
                row.getObject("game_date", LocalDate.class),
                EnumNames.constant(Status.class, row.getString("status")),
                row.getString("execution_id"),
                Statements.instant(row, "started_at"),
                Objects.requireNonNull(Statements.instant(row, "completed_at")),
                row.getBoolean("is_backfill"),
                Optional.ofNullable(row.getString("receipt"))
                        .flatMap(Ids::parse)
                        .orElse(null));
    }

    /** The receipts of runs; a run without one is not among them. */
    static Map<ConsumerRun, UUID> receipts(Connection connection, String policy, List<ConsumerRun> runs, Instant asOf)
            throws SQLException {
        if (runs.isEmpty()) {
            return Map.of();
        }
        Map<ConsumerRun, UUID> receipts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(RECEIPTS)) {
            Statements.bind(
                    select,
                    runs.stream().map(ConsumerRun::processor).toArray(String[]::new),
                    runs.stream().map(ConsumerRun::gameDate).toArray(LocalDate[]::new),
                    runs.stream().map(ConsumerRun::startedAt).toArray(Instant[]::new),
                    runs.stream().map(ConsumerRun::namedReceipt).toArray(UUID[]::new),
                    policy,
                    asOf,
                    policy,
                    asOf);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject("id", UUID.class);
                    if (id != null) {
                        receipts.put(runs.get(row.getInt("number") - 1), id);
                    }
                }
            }
        }
        return receipts;
    }

    static long newestSlate(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST_SLATE)) {
            return Statements.rows(select, row -> row.getLong("position")).get(0);
        }
    }
}

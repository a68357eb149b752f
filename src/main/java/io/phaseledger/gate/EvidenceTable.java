package io.phaseledger.gate;

import io.phaseledger.ledger.Head;
import io.phaseledger.readiness.Cell;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Finds, of each cell, the newest row of each status, full and incremental, as it was known at a moment. */
@ApplicationScoped
class EvidenceTable {

    /** Cells that one statement asks about. */
    private static final int MAX_CELLS = 2_000;

    /**
     * The bound on completed_at only spares the descent what cannot have been known: without it, a question about the
     * past would pass over every later re-run. The retraction is looked up for each candidate, by a subquery that
     * cannot be turned into a join over all retractions.
     */
    static final String NEWEST = """
            SELECT newest.*
            FROM unnest(?::date[], ?::text[], ?::text[]) AS cell (game_date, phase, processor_name)
            CROSS JOIN unnest(ARRAY['success', 'partial', 'failed', 'no_data', 'skipped', 'running']) AS of (status)
            CROSS JOIN (VALUES (false), (true)) AS kind (is_incremental)
            CROSS JOIN LATERAL (
                SELECT c.position, c.id, c.phase, c.processor_name, c.game_date, c.status, c.record_count,
                       c.expected_count, c.is_incremental, c.completed_at, c.inserted_at
                FROM nba_orchestration.phase_completions c
                WHERE c.kind = 'completion'
                  AND c.game_date = cell.game_date
                  AND c.phase = cell.phase
                  AND c.processor_name = cell.processor_name
                  AND c.status = of.status
                  AND c.is_incremental = kind.is_incremental
                  AND c.completed_at <= ?
                  AND c.inserted_at <= ?
                  AND c.position <= ?
                  AND (SELECT r.position
                       FROM nba_orchestration.phase_completions r
                       WHERE r.retracts = c.id AND r.inserted_at <= ? AND r.position <= ?) IS NULL
                ORDER BY c.completed_at DESC, c.position DESC
                LIMIT 1
            ) AS newest
            """;

    private final EntityManager entities;

    EvidenceTable(EntityManager entities) {
        this.entities = entities;
    }

    @Transactional
    List<Completion> newest(Collection<Cell> cells, Moment moment) {
        List<Cell> all = List.copyOf(cells);
        List<Completion> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MAX_CELLS) {
            List<Cell> some = all.subList(from, Math.min(all.size(), from + MAX_CELLS));
            entities.unwrap(Session.class).doWork(connection -> read(connection, some, moment, found));
        }
        return found;
    }

    private static void read(Connection connection, List<Cell> cells, Moment moment, List<Completion> found)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST)) {
            bind(select, connection, cells, moment);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(completion(row));
                }
            }
        }
    }

    static void bind(PreparedStatement select, Connection connection, List<Cell> cells, Moment moment)
            throws SQLException {
        OffsetDateTime asOf = moment.asOf().atOffset(ZoneOffset.UTC);
        select.setArray(
                1,
                connection.createArrayOf(
                        "date", cells.stream().map(Cell::gameDate).toArray()));
        select.setArray(
                2,
                connection.createArrayOf("text", cells.stream().map(Cell::phase).toArray()));
        select.setArray(
                3,
                connection.createArrayOf(
                        "text", cells.stream().map(Cell::processorName).toArray()));
        select.setObject(4, moment.knownBy().plus(Head.CLOCK_TOLERANCE).atOffset(ZoneOffset.UTC));
        select.setObject(5, asOf);
        select.setLong(6, moment.position());
        select.setObject(7, asOf);
        select.setLong(8, moment.position());
    }

    private static Completion completion(ResultSet row) throws SQLException {
        return new Completion(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                new Cell(
                        row.getString("phase"),
                        row.getString("processor_name"),
                        row.getObject("game_date", LocalDate.class)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                count(row, "record_count"),
                count(row, "expected_count"),
                row.getBoolean("is_incremental"),
                instant(row, "completed_at"),
                instant(row, "inserted_at"));
    }

    private static @Nullable Long count(ResultSet row, String column) throws SQLException {
        long count = row.getLong(column);
        return row.wasNull() ? null : count;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

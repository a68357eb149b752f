package io.phaseledger.gate;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds, of each cell, the newest row of each status, full and incremental, and in the same statement where the ledger ends;
 * the function {@code look} of the migrations says how.
 */
final class EvidenceTable {

    static final String LOOK = """
            SELECT found.*, dated.position AS dated_position
            FROM nba_orchestration.look(?, ?, ?, ?, ?) AS found
            CROSS JOIN nba_orchestration.dated_position() AS dated (position)
            """;

    /** Cells that one statement asks about. */
    private static final int MAX_CELLS = 2_000;

    private EvidenceTable() {}

    /**
     * Reads it, by one statement for up to {@link #MAX_CELLS} cells; each further one sees no more than the first did.
     *
     * @param asOf only what was learned by then; null for everything
     * @param position only what was recorded up to there; null for everything
     */
    static Reading read(
            Connection connection, Collection<EvidenceKey> cells, @Nullable Instant asOf, @Nullable Long position)
            throws SQLException {
        List<EvidenceKey> all = List.copyOf(cells);
        Reading first = readSome(connection, all.subList(0, Math.min(all.size(), MAX_CELLS)), asOf, position);
        if (all.size() <= MAX_CELLS) {
            return first;
        }
        List<Completion> found = new ArrayList<>(first.rows());
        for (int from = MAX_CELLS; from < all.size(); from += MAX_CELLS) {
            List<EvidenceKey> some = all.subList(from, Math.min(all.size(), from + MAX_CELLS));
            found.addAll(readSome(connection, some, asOf, position == null ? Long.valueOf(first.head()) : position)
                    .rows());
        }
        return first.with(found);
    }

    private static Reading readSome(
            Connection connection, List<EvidenceKey> cells, @Nullable Instant asOf, @Nullable Long position)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOOK)) {
            Statements.bind(
                    select,
                    cells.stream().map(EvidenceKey::gameDate).toArray(LocalDate[]::new),
                    cells.stream().map(EvidenceKey::phase).toArray(String[]::new),
                    cells.stream().map(EvidenceKey::processorName).toArray(String[]::new),
                    asOf,
                    position);
            try (ResultSet row = select.executeQuery()) {
                return reading(row, cells);
            }
        }
    }

    /** There is at least one row, for the head; it has an id when it has evidence too. */
    private static Reading reading(ResultSet row, List<EvidenceKey> cells) throws SQLException {
        row.next();
        Reading head = new Reading(
                row.getLong("head"),
                known(row, "learned_at"),
                known(row, "clock"),
                row.getLong("policy_position"),
                row.getLong("slate_position"),
                row.getLong("dated_position"),
                List.of());
        List<Completion> found = new ArrayList<>();
        do {
            UUID id = row.getObject("id", UUID.class);
            if (id != null) {
                found.add(completion(row, id, cells.get(row.getInt("cell") - 1)));
            }
        } while (row.next());
        return head.with(found);
    }

    private static Completion completion(ResultSet row, UUID id, EvidenceKey cell) throws SQLException {
        return new Completion(
                id,
                row.getLong("position"),
                cell,
                EnumNames.constant(Status.class, row.getString("status")),
                row.getObject("record_count", Long.class),
                row.getObject("expected_count", Long.class),
                row.getBoolean("is_incremental"),
                known(row, "completed_at"),
                known(row, "inserted_at"));
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Statements.instant(row, column));
    }
}

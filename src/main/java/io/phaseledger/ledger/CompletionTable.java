package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table of completions: every read of known rows, and the one insert. */
@ApplicationScoped
public class CompletionTable {

    /** By a query of its own for each row: so every plan goes by the index of retractions, whatever is known of them. */
    private static final String RETRACTED_BY =
            "(SELECT r.id FROM nba_orchestration.phase_completions r WHERE r.retracts = c.id) AS retracted_by";

    static final String BY_IDENTITY = "SELECT c.*, " + RETRACTED_BY
            + " FROM nba_orchestration.phase_completions c WHERE c.identity_key = ANY (?)";

    private static final String BY_ID =
            "SELECT c.*, " + RETRACTED_BY + " FROM nba_orchestration.phase_completions c WHERE c.id = ?";

    private static final String AT =
            "SELECT c.*, NULL::uuid AS retracted_by FROM nba_orchestration.phase_completions c WHERE c.position = ANY (?)";

    private final Statements statements;

    CompletionTable(Statements statements) {
        this.statements = statements;
    }

    Optional<CompletionRow> byId(UUID id) {
        return statements.run(BY_ID, select -> {
            select.setObject(1, id);
            return rows(select).stream().findFirst();
        });
    }

    /** Rows as they are shown and as they were recorded: whether one was retracted later is told by a row of its own. */
    public Map<Long, Object> at(Collection<Long> positions) {
        if (positions.isEmpty()) {
            return Map.of();
        }
        return statements.run(AT, select -> {
            select.setObject(1, positions.toArray(Long[]::new));
            return rows(select).stream()
                    .collect(Collectors.toMap(row -> row.position, row -> CompletionView.of(row, null)));
        });
    }

    /** The rows that have one of these identities, by {@link Recording#key}. */
    static Map<ByteBuffer, CompletionRow> byIdentity(Connection connection, byte[][] identities) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BY_IDENTITY)) {
            select.setArray(1, connection.createArrayOf("bytea", identities));
            return rows(select).stream().collect(Collectors.toMap(row -> Recording.key(row.identityKey), row -> row));
        }
    }

    /** Appends rows whose positions were taken in the transaction of this connection, under the lock. */
    static void insert(Connection connection, List<CompletionRow> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(Column.INSERT)) {
            Column.bind(rows, insert);
            insert.executeUpdate();
        }
    }

    private static List<CompletionRow> rows(PreparedStatement select) throws SQLException {
        List<CompletionRow> rows = new ArrayList<>();
        try (ResultSet each = select.executeQuery()) {
            while (each.next()) {
                rows.add(CompletionRow.read(each));
            }
        }
        return rows;
    }
}

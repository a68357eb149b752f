package io.phaseledger;

import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Reads a phase of the ledger whole, by the plainest query there is. */
public final class StoredLedger {

    private final Connection connection;

    public StoredLedger(Connection connection) {
        this.connection = connection;
    }

    /** All that was ever recorded of a phase, and every slate. */
    public MemoryLedger read(String phase) throws SQLException {
        List<Completion> rows = new ArrayList<>();
        List<MemoryLedger.Retraction> retractions = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM nba_orchestration.phase_completions WHERE phase = ?")) {
            select.setString(1, phase);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getString("retracts") == null) {
                        rows.add(completion(row));
                    } else {
                        retractions.add(new MemoryLedger.Retraction(
                                row.getObject("retracts", UUID.class),
                                row.getLong("position"),
                                instant(row, "inserted_at")));
                    }
                }
            }
        }
        return new MemoryLedger(rows, retractions, slates());
    }

    private List<MemoryLedger.Slate> slates() throws SQLException {
        List<MemoryLedger.Slate> slates = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM nba_orchestration.slates");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                slates.add(new MemoryLedger.Slate(
                        row.getObject("game_date", LocalDate.class),
                        row.getInt("units"),
                        row.getLong("position"),
                        instant(row, "inserted_at")));
            }
        }
        return slates;
    }

    private static Completion completion(ResultSet row) throws SQLException {
        return new Completion(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                new EvidenceKey(
                        row.getString("phase"),
                        row.getString("processor_name"),
                        row.getObject("game_date", LocalDate.class)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getObject("record_count", Long.class),
                row.getObject("expected_count", Long.class),
                row.getBoolean("is_incremental"),
                instant(row, "completed_at"),
                instant(row, "inserted_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

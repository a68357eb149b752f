package io.phaseledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills the ledger of a running service by one statement, past its writer: the rows have no hash chain. */
final class ManyRows {

    static final int ROWS = Integer.getInteger("history.rows", 200_000);

    /** On which they lie, from 2025-10-01 on. */
    static final int DATES = 200;

    private static final String INSERT = """
            INSERT INTO nba_orchestration.phase_completions
                (phase, game_date, processor_name, status, record_count, correlation_id, execution_id, completed_at,
                 is_incremental, entities_changed, metadata, inserted_at, position, id, kind, reported_phase,
                 reported_name, is_backfill, identity_key, content_hash, recorded_by, prev_hash, row_hash)
            SELECT 'phase' || 2 + i / 1000 % 4, date '2025-10-01' + i / ?, 'p' || i / 500 % 10,
                   (ARRAY['success', 'failed', 'running', 'success'])[1 + i % 4], 50, 'c' || i / 100, 'e' || i, at,
                   false, '{203507,"a,\\"b"}', '{"attempt":1,"note":"a \\"quoted\\", line"}', at, head.position + i,
                   lpad(to_hex(i), 32, '0')::uuid, 'completion', 'phase4', 'P' || i / 500 % 10, false,
                   hash, hash, 'anonymous', hash, hash
            FROM (SELECT position FROM nba_orchestration.ledger_head) AS head,
                 generate_series(1, ?) AS i,
                 LATERAL (SELECT timestamptz '2025-10-01T00:00Z' + i * interval '10 s' AS at,
                                 decode(lpad(to_hex(i), 64, '0'), 'hex') AS hash) AS x
            """;

    private ManyRows() {}

    static void fill(PackagedDatabase database) throws SQLException {
        try (Connection connection = database.logins().service().connect();
                Statement setting = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            setting.execute("SET synchronous_commit = off");
            insert.setInt(1, ROWS / DATES);
            insert.setInt(2, ROWS);
            insert.executeUpdate();
        }
        checkpoint(database);
    }

    /** A server that is killed would otherwise read all of it from its log before it serves again. */
    private static void checkpoint(PackagedDatabase database) throws SQLException {
        try (Connection connection = database.logins().superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }
}

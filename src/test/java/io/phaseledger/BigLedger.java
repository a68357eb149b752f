package io.phaseledger;

import io.phaseledger.embedded.EmbeddedDatabase;
import io.phaseledger.embedded.Login;
import io.phaseledger.embedded.TestFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A ledger of its own with very many rows, made once for all tests that ask how queries are carried out.
 *
 * <p>It stands apart from that of the other tests, because its rows have no hash chain. Of {@link #DATE}, the
 * processor {@code often} succeeded {@link #RUNS} times, one run each half minute; {@code failing} succeeded once and
 * then failed as often; {@code seldom} ran ten times. {@code -Dplans.rows=1000000} makes it a million rows.
 */
public final class BigLedger {

    public static final String DATE = "2026-01-15";
    public static final int RUNS = 10_000;
    public static final int OTHERS = Integer.getInteger("plans.rows", 100_000);
    public static final int SLATES = 1_000;

    /** On which the other rows lie. */
    private static final int DATES = 200;

    private static final int PROCESSORS = 10;

    private static final String ROWS = """
            INSERT INTO nba_orchestration.phase_completions
                (phase, game_date, processor_name, status, record_count, completed_at, is_incremental,
                 entities_changed, inserted_at, position, id, kind, reported_phase, reported_name, is_backfill,
                 identity_key, content_hash, recorded_by, prev_hash, row_hash)
            SELECT 'phase4', game_date, name, status, 50, at, false, '{}', at, position,
                   lpad(to_hex(position), 32, '0')::uuid, 'completion', 'phase4', name, false,
                   hash, hash, 'anonymous', hash, hash
            FROM (
                SELECT date '2025-10-01' + i / %4$d AS game_date, 'p' || i / %5$d %% 10 AS name,
                       (ARRAY['success', 'failed', 'running', 'success'])[1 + i %% 4] AS status,
                       timestamptz '2025-10-01T00:00Z' + i * interval '10 s' AS at, i::bigint AS position
                FROM generate_series(1, %2$d) AS i
                UNION ALL
                SELECT date '%3$s', 'often', 'success',
                       timestamptz '%3$sT00:00Z' + i * interval '30 s', %2$d + i
                FROM generate_series(1, %1$d) AS i
                UNION ALL
                SELECT date '%3$s', 'failing', CASE i WHEN 1 THEN 'success' ELSE 'failed' END,
                       timestamptz '%3$sT00:00Z' + i * interval '30 s', %2$d + %1$d + i
                FROM generate_series(1, %1$d + 1) AS i
                UNION ALL
                SELECT date '%3$s', 'seldom', 'success',
                       timestamptz '%3$sT00:00Z' + i * interval '30 s', %2$d + %1$d + %1$d + 1 + i
                FROM generate_series(1, 10) AS i
            ) AS run, decode(lpad(to_hex(position), 64, '0'), 'hex') AS hash
            """.formatted(RUNS, OTHERS, DATE, OTHERS / DATES, OTHERS / DATES / PROCESSORS);

    private static final String SLATE_ROWS = """
            ALTER TABLE nba_orchestration.slates DISABLE TRIGGER chained;
            INSERT INTO nba_orchestration.slates (game_date, units, position, inserted_at, recorded_by)
            SELECT date '2023-05-01' + i / 10, i %% 15, %2$d + i,
                   timestamptz '2023-05-01T00:00Z' + i * interval '1 h', 'anonymous'
            FROM generate_series(1, %1$d * 10) AS i
            """.formatted(SLATES, OTHERS * 2);

    /** A position half way through the completions. */
    public static final String MIDDLE = Integer.toString(OTHERS / 2);

    /** The position of the last completion: after the others come two processors with many runs and one with ten. */
    public static final int LAST = OTHERS + 2 * RUNS + 11;

    private final EmbeddedDatabase database;

    private BigLedger(EmbeddedDatabase database) {
        this.database = database;
    }

    /** A connection to it; nobody has analysed its tables, and nobody will but who asks for it. */
    public Connection connect() throws SQLException {
        return database.logins().owner().connect();
    }

    /** A connection to a ledger beside it that has no rows. */
    public Connection connectToEmpty() throws SQLException {
        return connectTo("empty");
    }

    /** A connection to a ledger beside it, one for each name, where there is nothing yet at first. */
    public Connection connectTo(String name) throws SQLException {
        Login owner = database.logins().owner();
        try (Connection connection = database.logins().superuser().connectTo("postgres");
                Statement statement = connection.createStatement();
                ResultSet known = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + name + "'")) {
            if (!known.next()) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + owner.user());
                migrate(owner.jdbcUrl().replaceFirst("/[^/]*$", "/" + name));
            }
        }
        return owner.connectTo(name);
    }

    private void migrate(String url) {
        Login owner = database.logins().owner();
        Flyway.configure()
                .dataSource(url, owner.user(), owner.password())
                .schemas("nba_orchestration")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private void fill() throws SQLException {
        migrate(database.logins().owner().jdbcUrl());
        try (Connection connection = connect();
                Statement insert = connection.createStatement()) {
            insert.execute("SET synchronous_commit = off");
            insert.execute("ALTER TABLE nba_orchestration.phase_completions SET (autovacuum_enabled = false)");
            insert.execute("ALTER TABLE nba_orchestration.slates SET (autovacuum_enabled = false)");
            insert.execute(ROWS);
            insert.execute(SLATE_ROWS);
        }
    }

    /** Gives it to each test that asks for it; it ends after the last test of the run. */
    public static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == BigLedger.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(BigLedger.class))
                    .computeIfAbsent(BigLedger.class, key -> new Running(), Running.class)
                    .ledger;
        }
    }

    /** The one of this run, on a server of its own. */
    private static final class Running implements AutoCloseable {

        private final Path folder = TestFolders.create();
        private final EmbeddedDatabase database = EmbeddedDatabase.in(TestFolders.data(folder));
        private final BigLedger ledger = new BigLedger(database);

        Running() {
            try {
                database.start();
                ledger.fill();
            } catch (SQLException e) {
                close();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            database.close();
            TestFolders.remove(folder);
        }
    }
}

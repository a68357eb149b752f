package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A data folder as versions made it whose PostgreSQL asked for no password and knew one role, which owned it all. */
final class TrustingData {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private TrustingData() {}

    /** Makes it, with a table of two rows, in place of what is there, and leaves it as a crash does: not shut down. */
    static void makeIn(Path home) {
        try (DataFolder folder = DataFolder.take(home)) {
            Files.deleteIfExists(folder.home().resolve("pg_service.conf"));
            Folders.delete(folder.databases());
            Files.createDirectories(folder.databases());
            Account account =
                    new Account(Platform.isRoot() ? Platform.inUserNamespace() : List.of(), OptionalInt.empty());
            Program program = new Program(Binaries.unpackedIn(folder.binaries()), account, folder.home());
            String data = folder.data().toString();
            program.run(BOUND, "initdb", "--no-sync", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8");
            int port = Ports.free();
            String log = folder.home().resolve("postgres.log").toString();
            program.run(BOUND, "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", Settings.commandLine(port));
            execute(
                    new Login(port, "postgres", "").connectTo("postgres"),
                    "CREATE ROLE phase_ledger LOGIN",
                    "CREATE DATABASE phase_ledger OWNER phase_ledger");
            execute(
                    new Login(port, "phase_ledger", "").connect(),
                    "CREATE SCHEMA nba_orchestration",
                    "CREATE TABLE nba_orchestration.kept AS SELECT 1 AS a UNION ALL SELECT 2");
            program.run(BOUND, "pg_ctl", "stop", "-w", "-D", data, "-m", "immediate");
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

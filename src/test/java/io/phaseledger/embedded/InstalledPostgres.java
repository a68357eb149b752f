package io.phaseledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 15, the oldest that the ledger runs on, from where Debian installs it, with an empty ledger database.
 *
 * <p>It ends when it is closed, and about a minute after its data is gone: it looks for its pid file that often.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path folder = TestFolders.create();
    private final String data = folder.resolve("pg15").toString();
    private final Program program = new Program(
            new Binaries(PROGRAMS),
            new Account(Platform.isRoot() ? Platform.inUserNamespace() : List.of(), OptionalInt.empty()),
            folder);
    private final int port = Ports.free();
    private @Nullable Logins logins;

    private InstalledPostgres() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "installed-postgres-remove"));
    }

    public static boolean isThere() {
        return Files.isExecutable(Path.of(new Binaries(PROGRAMS).program("postgres")));
    }

    public static InstalledPostgres start() throws IOException, SQLException {
        InstalledPostgres postgres = new InstalledPostgres();
        postgres.run();
        return postgres;
    }

    private void run() throws IOException, SQLException {
        String log = folder.resolve("postgres.log").toString();
        String settings = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=";
        program.run(BOUND, "initdb", "-D", data, "-A", "trust", "-U", Superuser.NAME, "-E", "UTF8", "--locale=C");
        program.run(BOUND, "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", settings);
        logins = new Superuser(port, Passwords.random()).prepareLedger();
    }

    public Logins logins() {
        return Objects.requireNonNull(logins);
    }

    /** A second time does nothing. */
    @Override
    public synchronized void close() {
        try {
            if (Files.exists(PidFile.in(Path.of(data)).path())) {
                program.run(BOUND, "pg_ctl", "stop", "-w", "-D", data, "-m", "immediate");
            }
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

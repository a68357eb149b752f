package io.phaseledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that nobody looks after but the test: it stays stopped, paused or dead until it is told otherwise. */
public final class OwnPostgres implements AutoCloseable {

    private static final int PORT_ATTEMPTS = 5;

    private final Path folder = TestFolders.createPrepared();
    private int port = Ports.free();
    private final DataFolder taken;
    private final Server server;
    private @Nullable Logins logins;

    private OwnPostgres() throws IOException {
        taken = DataFolder.take(TestFolders.data(folder));
        server = Server.preparedIn(taken);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "own-postgres-remove"));
    }

    public static OwnPostgres start() {
        try {
            OwnPostgres postgres = new OwnPostgres();
            postgres.beginOnSomePort();
            postgres.logins = postgres.server.superuser(postgres.port).prepareLedger();
            return postgres;
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Another process may take a port between its choice and the start. */
    private void beginOnSomePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = Ports.free();
            try {
                server.start(port);
                return;
            } catch (IOException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    public int port() {
        return port;
    }

    /** Of the three, PostgreSQL keeps connections free for the superuser when all others are taken. */
    public Logins logins() {
        return Objects.requireNonNull(logins);
    }

    public Path data() {
        return taken.data();
    }

    /** After a stop or a kill, on the same port and data. */
    public void begin() {
        doing(() -> server.start(port));
    }

    /** As pg_ctl does it by default: everybody is disconnected. */
    public void stop() {
        doing(server::stop);
    }

    /** SIGKILL to the postmaster; its children end by themselves a moment later. */
    public void kill() {
        postmaster().destroyForcibly();
        postmaster().onExit().join();
    }

    /** SIGSTOP to all its processes: connections stay open, new ones are taken by the kernel, and nobody answers. */
    public void pause() {
        signal("-STOP");
    }

    /** SIGCONT: it goes on with what it was doing and with what was sent meanwhile. */
    public void resume() {
        signal("-CONT");
    }

    /** Runs as the superuser, each in a transaction of its own. */
    public void run(String... statements) {
        runIn(Superuser.NAME, statements);
    }

    /** The same, connected to another database. */
    public void runIn(String database, String... statements) {
        try (Connection connection = logins().superuser().connectTo(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private ProcessHandle postmaster() {
        try {
            return PidFile.in(taken.data()).process().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To the postmaster first, so that it has no further children. */
    private void signal(String signal) {
        doing(() -> {
            for (ProcessHandle each : Stream.concat(
                            Stream.of(postmaster()), postmaster().children())
                    .toList()) {
                kill(signal, each);
            }
        });
    }

    /** One that ended meanwhile needs no signal. */
    private static void kill(String signal, ProcessHandle process) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(process.pid())));
        new ProcessBuilder(command).start().onExit().join();
    }

    @Override
    public synchronized void close() {
        doing(() -> {
            if (server.isRunning()) {
                resume();
                server.stop();
            }
            taken.close();
        });
        TestFolders.remove(folder);
    }

    private static void doing(Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Doing {
        void run() throws IOException;
    }
}

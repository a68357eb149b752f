package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of this process's own on a data folder, running until it is closed.
 *
 * <p>Safe for use by several threads: starting, reviving and closing exclude each other, so that a close during a start
 * ends what was started.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** Another process may take a port between its choice and the start. */
    private static final int PORT_ATTEMPTS = 5;

    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);

    private final DataFolder folder;
    private final Server server;
    private final PostgresSupervisor watch = new PostgresSupervisor(this::reviveIfDead);
    private int port;
    private @Nullable Logins logins;
    private boolean closed;

    private EmbeddedDatabase(DataFolder folder, Server server) {
        this.folder = folder;
        this.server = server;
    }

    /**
     * Takes the folder and makes the data in it, if need be, but starts nothing yet.
     *
     * @throws CannotStart if another process has the folder, or nothing can run in it
     */
    public static EmbeddedDatabase in(Path home) {
        try {
            DataFolder folder = DataFolder.take(home);
            return new EmbeddedDatabase(folder, Server.preparedIn(folder));
        } catch (IOException e) {
            throw new CannotStart("Cannot keep a database in " + home.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Starts the server, on a port of its choice, and keeps it running.
     *
     * @throws CannotStart with what PostgreSQL said, if it does not take connections within a minute
     */
    public synchronized void start() {
        if (closed) {
            return;
        }
        try {
            startOnSomePort();
            Logins made = server.superuser(port).prepareLedger();
            made.writeTo(folder.home());
            logins = made;
        } catch (IOException | SQLException e) {
            throw new CannotStart("PostgreSQL does not start in " + folder.home() + ": " + e.getMessage(), e);
        }
        LOG.infof("PostgreSQL listens on %s:%d, its data is in %s", Ports.HOST, port, folder.home());
        watch.start();
    }

    /** How to get in, once it has been started. */
    public synchronized Logins logins() {
        if (logins == null) {
            throw new IllegalStateException("not started: " + folder.home());
        }
        return logins;
    }

    /** Whether a folder has data of an earlier start. */
    public static boolean isIn(Path home) {
        return Files.isDirectory(DataFolder.data(home));
    }

    /**
     * How to get into the server that runs on a data folder, whichever process started it; empty where none runs.
     *
     * <p>In the moment of a start they may still be those of the start before, which are refused then.
     *
     * @throws IOException if this user may not read what is in the folder
     */
    public static Optional<Logins> running(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        Path real = home.toRealPath();
        return Leftovers.server(real).isPresent() ? Logins.readFrom(real) : Optional.empty();
    }

    /** Shuts the server down cleanly and gives the folder back; a second time does nothing. */
    @Override
    public void close() {
        watch.stop();
        closeServer();
    }

    private synchronized void closeServer() {
        if (closed) {
            return;
        }
        closed = true;
        try (folder) {
            server.stop();
        } catch (IOException e) {
            LOG.errorf("PostgreSQL in %s did not stop: %s", folder.home(), e.getMessage());
        }
    }

    private void startOnSomePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = Ports.free();
            try {
                server.start(port);
                return;
            } catch (IOException e) {
                if (attempt == PORT_ATTEMPTS || Ports.isFree(port)) {
                    throw e;
                }
            }
        }
    }

    /** On the same port, for the sake of the connection pool that knows it. */
    private synchronized void reviveIfDead() throws IOException {
        if (closed || server.isRunning()) {
            return;
        }
        LOG.warnf("PostgreSQL on port %d is gone; starting it again", port);
        server.start(port);
        LOG.infof("PostgreSQL listens on port %d again", port);
    }
}

package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** One PostgreSQL server on the data of a folder: made, started and stopped by its own programs. */
final class Server {

    private static final Duration CREATE_BOUND = Duration.ofMinutes(2);

    /** Long enough for recovery after a crash: at most max_wal_size is replayed. */
    private static final Duration START_BOUND = Duration.ofSeconds(60);

    private static final Duration STOP_BOUND = Duration.ofSeconds(30);

    /** For pg_ctl to give up by itself, and say so, before it is killed. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Path data;
    private final Path output;
    private final Leftovers leftovers;
    private final Program program;

    /** Unpacks the programs and makes the data, where they are not there yet. */
    static Server preparedIn(DataFolder folder) throws IOException {
        Leftovers leftovers = new Leftovers(folder);
        leftovers.clear();
        Server server = new Server(folder, leftovers, Binaries.unpackedIn(folder.binaries()));
        server.createIfAbsent();
        return server;
    }

    private Server(DataFolder folder, Leftovers leftovers, Binaries binaries) {
        this.data = folder.data();
        this.leftovers = leftovers;
        this.output = folder.home().resolve("postgres.log");
        this.program = new Program(binaries, folder.home().resolve("command.log"));
    }

    /** Makes the data directory under another name and renames it: one that was cut short never looks finished. */
    private void createIfAbsent() throws IOException {
        if (Files.exists(data)) {
            return;
        }
        Path unfinished = data.resolveSibling("unfinished");
        Folders.delete(unfinished);
        Files.createDirectories(unfinished);
        // The locale is PostgreSQL's own, so that sorting does not depend on the machine.
        program.run(
                CREATE_BOUND,
                "initdb",
                "-D",
                unfinished.toString(),
                "-A",
                "trust",
                "-U",
                Superuser.NAME,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Folders.moveDurably(unfinished, data);
    }

    /** Returns once it takes connections on the port, or throws with what it said. */
    void start(int port) throws IOException {
        leftovers.clear();
        Files.deleteIfExists(output);
        program.run(
                START_BOUND.plus(MARGIN),
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data.toString(),
                "-t",
                seconds(START_BOUND),
                "-l",
                output.toString(),
                "-o",
                Settings.commandLine(port));
    }

    boolean isRunning() throws IOException {
        return PidFile.in(data).process().filter(leftovers::isOurs).isPresent();
    }

    /** Disconnects everybody, writes a checkpoint and ends: the next start needs no recovery. */
    void stop() throws IOException {
        if (!isRunning()) {
            leftovers.clear();
            return;
        }
        program.run(
                STOP_BOUND.plus(MARGIN),
                "pg_ctl",
                "stop",
                "-w",
                "-D",
                data.toString(),
                "-t",
                seconds(STOP_BOUND),
                "-m",
                "fast");
    }

    private static String seconds(Duration bound) {
        return Long.toString(bound.toSeconds());
    }
}

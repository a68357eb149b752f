package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One PostgreSQL server on the data of a folder: made, started and stopped by its own programs. */
final class Server {

    private static final Duration CREATE_BOUND = Duration.ofMinutes(2);

    /** Long enough for recovery after a crash: at most max_wal_size is replayed. */
    private static final Duration START_BOUND = Duration.ofSeconds(60);

    private static final Duration STOP_BOUND = Duration.ofSeconds(30);

    /** For pg_ctl to give up by itself, and say so, before it is killed. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Only this machine, and only with a password; there is no socket, and no superuser comes another way. */
    private static final String RULES = """
            # Each start of the service writes this file anew.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path home;
    private final Path data;
    private final Path output;
    private final Leftovers leftovers;
    private final Account account;
    private final Program program;
    private final String superuserPassword;

    /** Unpacks the programs and makes the data, where they are not there yet. */
    static Server preparedIn(DataFolder folder) throws IOException {
        Leftovers leftovers = new Leftovers(folder);
        leftovers.clear();
        Binaries binaries = Binaries.unpackedIn(folder.binaries());
        Account account = Account.on(folder, binaries);
        Optional<String> known =
                Logins.readFrom(folder.home()).map(logins -> logins.superuser().password());
        Server server = new Server(folder, leftovers, binaries, account, known.orElseGet(Passwords::random));
        if (!Files.exists(server.data)) {
            server.create();
        } else if (known.isEmpty()) {
            server.giveSuperuserAPassword();
        }
        return server;
    }

    private Server(
            DataFolder folder, Leftovers leftovers, Binaries binaries, Account account, String superuserPassword) {
        this.home = folder.home();
        this.data = folder.data();
        this.leftovers = leftovers;
        this.account = account;
        this.output = home.resolve("postgres.log");
        this.program = new Program(binaries, account, home);
        this.superuserPassword = superuserPassword;
    }

    /** Makes the data directory under another name and renames it: one that was cut short never looks finished. */
    private void create() throws IOException {
        Path unfinished = data.resolveSibling("unfinished");
        Folders.delete(unfinished);
        Path password = PrivateFile.write(data.resolveSibling("password"), superuserPassword);
        account.own(password);
        // The locale is PostgreSQL's own, so that sorting does not depend on the machine.
        program.run(
                CREATE_BOUND,
                "initdb",
                "-D",
                unfinished.toString(),
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-U",
                Superuser.NAME,
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        Files.delete(password);
        Folders.moveDurably(unfinished, data);
    }

    /**
     * For data of which no password is known, as that of a version that asked for none: in single-user mode, before
     * anything listens.
     */
    private void giveSuperuserAPassword() throws IOException {
        program.tell(
                Superuser.setPassword(Superuser.NAME, superuserPassword) + "\n",
                START_BOUND,
                "postgres",
                "--single",
                "-D",
                data.toString(),
                "-c",
                "exit_on_error=on",
                "-c",
                "log_min_error_statement=panic",
                Superuser.NAME);
    }

    /** The superuser of the server that was last started on that port. */
    Superuser superuser(int port) {
        return new Superuser(port, superuserPassword);
    }

    /** Returns once it takes connections on the port, or throws with what it said. */
    void start(int port) throws IOException {
        leftovers.clear();
        account.own(PrivateFile.replace(data.resolve("pg_hba.conf"), RULES));
        account.own(PrivateFile.write(output, ""));
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
        return Leftovers.server(home).isPresent();
    }

    /** Disconnects all clients, writes a checkpoint and ends: the next start needs no recovery. */
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

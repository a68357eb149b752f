package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL processes that a killed run left on a data folder; only the holder of the folder's lock may stop them.
 *
 * <p>They are known by their program, which lies inside the data folder: a number in a stale postmaster.pid may by now
 * belong to any program. A zombie has no program and so does not count as running.
 */
final class Leftovers {

    /** Enough for a clean shutdown of a small database; after it a killed one recovers from its log. */
    private static final Duration CLEAN_STOP_BOUND = Duration.ofSeconds(10);

    private static final Duration KILL_BOUND = Duration.ofSeconds(5);

    /** What Linux adds to the path of a program whose file is gone. */
    private static final String DELETED = " (deleted)";

    private static final Logger LOG = Logger.getLogger(Leftovers.class);

    private final DataFolder folder;

    Leftovers(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Ends what still runs, then removes the pid file.
     *
     * <p>In this order, because PostgreSQL protects its data from a second server by that file and by the shared
     * memory that it names: it may only go when no process that could write is left. For the same reason it stays
     * when it names a PostgreSQL that is not ours; the new server then judges for itself.
     */
    void clear() throws IOException {
        stop(running());
        PidFile pidFile = PidFile.in(folder.data());
        if (pidFile.process().filter(Leftovers::isPostgres).isEmpty()) {
            pidFile.delete();
        }
    }

    /** The server that runs on the data of that folder, if one does. */
    static Optional<ProcessHandle> server(Path home) throws IOException {
        return PidFile.in(DataFolder.data(home)).process().filter(process -> isFrom(home, process));
    }

    /** Whether it is one of the programs unpacked in the data folder: a server, one of its processes, or initdb. */
    private static boolean isFrom(Path home, ProcessHandle process) {
        return program(process).startsWith(DataFolder.binaries(home));
    }

    private void stop(List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        LOG.warnf("Stopping %d PostgreSQL processes that a killed run left on %s", processes.size(), folder.home());
        processes.forEach(ProcessHandle::destroy);
        if (Wait.until(() -> running().isEmpty(), CLEAN_STOP_BOUND)) {
            return;
        }
        running().forEach(ProcessHandle::destroyForcibly);
        if (!Wait.until(() -> running().isEmpty(), KILL_BOUND)) {
            throw new CannotStart("PostgreSQL processes left on " + folder.home() + " cannot be stopped: end "
                    + running().stream().map(ProcessHandle::pid).toList() + " and start again.");
        }
    }

    private List<ProcessHandle> running() {
        return ProcessHandle.allProcesses()
                .filter(process -> isFrom(folder.home(), process))
                .toList();
    }

    private static boolean isPostgres(ProcessHandle process) {
        return program(process).endsWith(Platform.executable("postgres"));
    }

    private static Path program(ProcessHandle process) {
        String command = process.info().command().orElse("");
        return Path.of(command.endsWith(DELETED) ? command.substring(0, command.length() - DELETED.length()) : command);
    }
}

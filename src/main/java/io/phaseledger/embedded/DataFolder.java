package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder that keeps an embedded database between runs, owned by this process alone until it is closed. */
final class DataFolder implements AutoCloseable {

    private final Path home;
    private final FileChannel lock;

    private DataFolder(Path home, FileChannel lock) {
        this.home = home;
        this.lock = lock;
    }

    /** Takes the folder, made if need be, or refuses because another process has it. */
    static DataFolder take(Path folder) throws IOException {
        Path home = Files.createDirectories(folder).toRealPath();
        FileChannel channel =
                FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lockOf(channel) == null) {
            channel.close();
            throw new CannotStart("The data folder " + home + " is in use by another running instance:"
                    + " stop that one, or set PHASE_LEDGER_DATA_DIR to another folder.");
        }
        return new DataFolder(home, channel);
    }

    /** The operating system drops this lock with the process, however it ends: it is never stale. */
    private static @Nullable FileLock lockOf(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException takenInThisProcess) {
            return null;
        }
    }

    Path home() {
        return home;
    }

    Path binaries() {
        return binaries(home);
    }

    static Path binaries(Path home) {
        return home.resolve("bin");
    }

    /** What PostgreSQL itself writes. */
    Path databases() {
        return databases(home);
    }

    private static Path databases(Path home) {
        return home.resolve("db");
    }

    Path data() {
        return data(home);
    }

    static Path data(Path home) {
        return databases(home).resolve("pg18");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

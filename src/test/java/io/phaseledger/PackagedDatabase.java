package io.phaseledger;

import io.phaseledger.embedded.EmbeddedDatabase;
import io.phaseledger.embedded.Logins;
import io.phaseledger.embedded.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The embedded database of a packaged service, seen from outside through its files and its port. */
record PackagedDatabase(Path home) {

    private static final int PID_LINE = 0;

    static PackagedDatabase of(PackagedService service) {
        return in(service.folder());
    }

    static PackagedDatabase in(Path folder) {
        return new PackagedDatabase(TestFolders.data(folder));
    }

    boolean exists() {
        return Files.exists(data());
    }

    boolean isRunning() {
        return Files.exists(data().resolve("postmaster.pid"));
    }

    ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(pidFile().get(PID_LINE).trim())).orElseThrow();
    }

    private Path data() {
        return home.resolve("db").resolve("pg18");
    }

    /** As the file says that is there for people; of a server that runs. */
    Logins logins() {
        try {
            return EmbeddedDatabase.running(home).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WrittenLedger ledger() {
        return new WrittenLedger(logins().service());
    }

    /** Everything that PostgreSQL has logged on this data. */
    String log() {
        try (Stream<Path> files = Files.list(data().resolve("log"))) {
            return files.sorted().map(PackagedDatabase::read).reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> pidFile() {
        return read(data().resolve("postmaster.pid")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

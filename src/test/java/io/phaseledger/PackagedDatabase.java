package io.phaseledger;

import io.phaseledger.embedded.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The embedded database of a packaged service, seen from outside through its files and its port. */
record PackagedDatabase(Path data) {

    static final String USERNAME = "phase_ledger";
    static final String SUPERUSER = "postgres";

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    static PackagedDatabase of(PackagedService service) {
        return in(service.folder());
    }

    static PackagedDatabase in(Path folder) {
        return new PackagedDatabase(TestFolders.data(folder).resolve("db").resolve("pg18"));
    }

    boolean exists() {
        return Files.exists(data);
    }

    boolean isRunning() {
        return Files.exists(data.resolve("postmaster.pid"));
    }

    ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(pidFile().get(PID_LINE).trim())).orElseThrow();
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + pidFile().get(PORT_LINE).trim() + "/phase_ledger";
    }

    WrittenLedger ledger() {
        return new WrittenLedger(jdbcUrl(), USERNAME);
    }

    /** Everything that PostgreSQL has logged on this data. */
    String log() {
        try (Stream<Path> files = Files.list(data.resolve("log"))) {
            return files.sorted().map(PackagedDatabase::read).reduce("", String::concat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> pidFile() {
        return read(data.resolve("postmaster.pid")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

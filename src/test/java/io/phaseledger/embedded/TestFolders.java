package io.phaseledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The temporary data folders of tests; making one removes those, with their servers, that killed test runs left. */
public final class TestFolders {

    private static final String PREFIX = "phase-ledger-test-";

    private TestFolders() {}

    public static Path create() {
        try {
            removeStale();
            return Files.createTempDirectory(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeStale() throws IOException {
        for (Path folder : existing()) {
            removeIfNobodyOwns(folder);
        }
    }

    private static List<Path> existing() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
    }

    /** A folder without a lock file was only just made: its run is about to take it. */
    private static void removeIfNobodyOwns(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("lock"))) {
            return;
        }
        try (DataFolder taken = DataFolder.take(folder)) {
            new Leftovers(taken).clear();
            Folders.delete(folder);
        } catch (CannotStart inUse) {
            // Another test run, still going.
        }
    }
}

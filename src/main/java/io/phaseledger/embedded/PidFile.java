package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a running PostgreSQL leaves its process id, on the first line. */
record PidFile(Path path) {

    private static final String PROCESS_ID = "\\d{1,18}";

    static PidFile in(Path data) {
        return new PidFile(data.resolve("postmaster.pid"));
    }

    /** The live process of that id, which after a crash may be an unrelated one. */
    Optional<ProcessHandle> process() throws IOException {
        try {
            // Not a number if the disk was full or the machine lost power while it was written.
            return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream()
                    .findFirst()
                    .map(String::trim)
                    .filter(line -> line.matches(PROCESS_ID))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        } catch (NoSuchFileException nothingRan) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}

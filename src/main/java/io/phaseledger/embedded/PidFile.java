package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file in which a running PostgreSQL leaves its process id, on the first line. */
record PidFile(Path path) {

    static PidFile in(Path data) {
        return new PidFile(data.resolve("postmaster.pid"));
    }

    /** The live process of that id, which after a crash may be anybody's. */
    Optional<ProcessHandle> process() throws IOException {
        try {
            List<String> lines = Files.readAllLines(path);
            // Empty if the disk was full or the machine lost power while it was written.
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        } catch (NoSuchFileException nothingRan) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}

package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {

    private Folders() {}

    /** Deletes a folder and all in it, without following links; one that is not there is fine. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (Path path : deepestFirst(folder)) {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Moves a folder beside itself so that the move outlives a loss of power, with every folder on the way there.
     *
     * <p>Else what the moved folder says it keeps could be gone with its name. Windows opens no folder and needs none.
     */
    static void moveDurably(Path folder, Path target) throws IOException {
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        if (Platform.isWindows()) {
            return;
        }
        for (Path parent = target.getParent(); parent != null; parent = parent.getParent()) {
            persistNamesIn(parent);
        }
    }

    private static void persistNamesIn(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException refused) {
            // Not ours to read, or on a file system that cannot do it: no reason not to start.
        }
    }

    static List<Path> deepestFirst(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.reverseOrder()).toList();
        }
    }
}

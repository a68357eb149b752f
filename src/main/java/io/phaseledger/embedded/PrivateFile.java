package io.phaseledger.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that no other user of the machine can read, not even while they are written. */
final class PrivateFile {

    private PrivateFile() {}

    /** Writes it anew: what is there under that name, a link perhaps, is removed and not followed. */
    static Path write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions())) {
            Channels.newOutputStream(channel).write(text.getBytes(UTF_8));
            channel.force(true);
        }
        return file;
    }

    /** Replaces it at once: a reader finds the old text or the new. */
    static Path replace(Path file, String text) throws IOException {
        Path unfinished = write(file.resolveSibling(file.getFileName() + ".new"), text);
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** On Windows a file has the permissions of its folder. */
    private static FileAttribute<?>[] permissions() {
        if (Platform.isWindows()) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}

package io.phaseledger.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jboss.logging.Logger;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once into a folder named after what is in their archive. */
record Binaries(Path folder) {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private static final Logger LOG = Logger.getLogger(Binaries.class);

    static Binaries unpackedIn(Path parent) throws IOException {
        Path folder = parent.resolve("programs-" + nameOfArchive());
        if (!Files.isDirectory(folder)) {
            // What is there belongs to an older release or to an unpacking that was cut short.
            Folders.delete(parent);
            unpackTo(folder);
        }
        return new Binaries(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(Platform.executable(name)).toString();
    }

    /** By the size and the checksum in the directory of its jar, so that no start reads the archive to know it. */
    private static String nameOfArchive() throws IOException {
        ZipEntry entry = ((JarURLConnection) Platform.archive().openConnection()).getJarEntry();
        return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }

    /** Renames at the end, so that a folder with the final name is always whole. */
    private static void unpackTo(Path folder) throws IOException {
        Path unfinished = folder.resolveSibling("unfinished");
        Files.createDirectories(unfinished);
        if (!isUnpackedBySystem(unfinished)) {
            Folders.delete(unfinished);
            Files.createDirectories(unfinished);
            unpackHere(unfinished);
        }
        letOthersRun(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The system's tar needs a fifth of the time of a JVM that has just started; not every system has it, or xz. */
    private static boolean isUnpackedBySystem(Path folder) throws IOException {
        try {
            Process tar = new ProcessBuilder("tar", "-xJof", "-", "-C", folder.toString())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (InputStream archive = Platform.archive().openStream();
                    OutputStream to = tar.getOutputStream()) {
                archive.transferTo(to);
            }
            return tar.waitFor() == 0;
        } catch (IOException missing) {
            LOG.debugf("The system's tar does not unpack it: %s", missing);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void unpackHere(Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(Platform.archive().openStream())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, folder.resolve(entry.getName()));
            }
        }
    }

    /** Whatever the umask of this process is: PostgreSQL may run as another user. */
    private static void letOthersRun(Path folder) throws IOException {
        if (Platform.isWindows()) {
            return;
        }
        for (Path path : Folders.deepestFirst(folder)) {
            if (!Files.isSymbolicLink(path)) {
                String permissions = Files.isExecutable(path) ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !target.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + target + " executable");
        }
    }
}

package io.phaseledger.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once into a folder named after what is in their archive. */
record Binaries(Path folder) {

    private static final int OWNER_MAY_EXECUTE = 0100;

    static Binaries unpackedIn(Path parent) throws IOException {
        Path folder = parent.resolve("programs-" + digestOfArchive());
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

    private static String digestOfArchive() throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Platform.archive().openStream(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Renames at the end, so that a folder with the final name is always whole. */
    private static void unpackTo(Path folder) throws IOException {
        Path unfinished = folder.resolveSibling("unfinished");
        Files.createDirectories(unfinished);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(Platform.archive().openStream())))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, unfinished.resolve(entry.getName()));
            }
        }
        letOthersRun(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
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

package io.phaseledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, which can be filled to its last byte. */
final class SmallDisk implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SmallDisk.class);
    private static final String SIZE = "size=64m";
    private static final int BLOCK = 4096;

    private final Path mount;
    private final Path filling;

    private SmallDisk(Path mount) {
        this.mount = mount;
        this.filling = mount.resolve("filling");
    }

    /**
     * Mounts one for a PostgreSQL to keep tables on; where that is refused, the test that asks is skipped, and says so.
     *
     * @param data what that PostgreSQL owns
     */
    static SmallDisk mountedFor(Path data) throws IOException {
        Path mount = Files.createTempDirectory("phase-ledger-small-disk-");
        if (run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", mount.toString()) != 0) {
            Files.delete(mount);
            LOG.error("SKIPPED: no file system may be mounted here, so none is filled");
            Assumptions.abort("no file system may be mounted here");
        }
        SmallDisk disk = new SmallDisk(mount);
        Files.createDirectory(disk.folder());
        for (Path each : new Path[] {mount, disk.folder()}) {
            Files.setOwner(each, Files.getOwner(data));
        }
        return disk;
    }

    /** Where tables may be kept. */
    Path folder() {
        return mount.resolve("tables");
    }

    /** Takes all that is left. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filling)) {
            while (mount.toFile().getUsableSpace() > 0) {
                out.write(block);
            }
        }
    }

    /** Gives back what was taken. */
    void empty() throws IOException {
        Files.delete(filling);
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", mount.toString());
        Files.delete(mount);
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
    }
}

package io.phaseledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary folders of tests, each named after its JVM and with room for a data folder in it.
 *
 * <p>Making one removes those, with their servers, that test runs left which were killed.
 */
public final class TestFolders {

    private static final String PREFIX = "phase-ledger-test-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,10})-.*");

    private TestFolders() {}

    public static Path create() {
        try {
            leftBehind().forEach(TestFolders::remove);
            return Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes one with a PostgreSQL in its data folder as a first start leaves it: unpacked and with an empty database.
     *
     * <p>That takes half of a first start and is proved by the tests of the first start; the others need not repeat it.
     */
    public static Path createPrepared() {
        Path folder = create();
        try {
            Prepared.FOLDER.copyTo(data(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** What a first start leaves, made once for each JVM; the programs are shared as links, the data is copied. */
    private record Prepared(Path source, Path binaries) {

        static final Prepared FOLDER = make();

        private static Prepared make() {
            Path folder = create();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "prepared-postgres-remove"));
            try (EmbeddedDatabase database = EmbeddedDatabase.in(data(folder))) {
                database.start();
                Path home = data(folder).toRealPath();
                return new Prepared(home, DataFolder.binaries(home));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void copyTo(Path target) throws IOException {
            try (Stream<Path> paths = Files.walk(source)) {
                for (Path path : paths.toList()) {
                    copy(path, target.resolve(source.relativize(path).toString()));
                }
            }
        }

        private void copy(Path path, Path target) throws IOException {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                // With its permissions, on which PostgreSQL insists.
                Files.createDirectories(target.getParent());
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            } else if (path.startsWith(binaries) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createLink(target, path);
            } else {
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** Where the service keeps its data if the folder is its working directory. */
    public static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** Removes the folder and the server that was left in it, unless a process owns that: it removes the folder then. */
    public static synchronized void remove(Path folder) {
        try {
            if (Files.exists(data(folder))) {
                stopWhatIsLeftIn(data(folder));
            }
            Folders.delete(folder);
        } catch (CannotStart inUse) {
            // Its owner removes it.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stopWhatIsLeftIn(Path data) throws IOException {
        try (DataFolder taken = DataFolder.take(data)) {
            new Leftovers(taken).clear();
        }
    }

    /** By the process id in the name and not by a lock, which nobody holds between two starts of one test. */
    private static List<Path> leftBehind() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.filter(TestFolders::isLeftBehind).toList();
        }
    }

    private static boolean isLeftBehind(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }
}

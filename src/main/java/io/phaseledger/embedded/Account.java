package io.phaseledger.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * As whom PostgreSQL runs on a data folder: as the user of this process or, where that is root, under an id that no
 * account has.
 *
 * <p>Of such an id are {@code db} and its content; it may pass through the data folder and is kept out of all else in
 * there. Where it cannot get as far as that, or root cannot take another id, PostgreSQL runs in a user namespace: with
 * root's id, so that it can still read the files of root, but without root's powers.
 *
 * @param prefix what a command begins with that is to run so
 * @param id whose files PostgreSQL can read, where this process is root
 */
record Account(List<String> prefix, OptionalInt id) {

    private static final int ROOT = 0;

    /** Systems give these to no account and no service by themselves (https://systemd.io/UIDS-GIDS). */
    private static final int FIRST_FREE = 60_578;

    private static final int LAST_FREE = 61_183;

    /** Says that it runs, then waits to be looked at. */
    private static final String TRIAL = "\"$0\" --version && exec cat";

    private static final String UID = "unix:uid";
    private static final String GID = "unix:gid";
    private static final String OWNER_ALONE = "rwx------";
    private static final String OWNER_AND_PASSAGE = "rwx--x---";

    private static final Logger LOG = Logger.getLogger(Account.class);

    /** Chooses, and closes the folder to other users. */
    static Account on(DataFolder folder, Binaries binaries) throws IOException {
        Files.createDirectories(folder.databases());
        if (!Platform.isRoot()) {
            return ofThisProcess(folder);
        }
        Account account = withAnIdOfItsOwn(folder, binaries);
        for (Path path : Folders.deepestFirst(folder.databases())) {
            account.own(path);
        }
        Files.setPosixFilePermissions(folder.databases(), PosixFilePermissions.fromString(OWNER_ALONE));
        return account;
    }

    private static Account ofThisProcess(DataFolder folder) {
        if (!Platform.isWindows()) {
            closeToOthers(folder.home());
            closeToOthers(folder.databases());
        }
        return new Account(List.of(), OptionalInt.empty());
    }

    private static void closeToOthers(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ALONE));
        } catch (IOException ofAnotherUser) {
            // Who made it decided who may enter. What others must not read in it is closed to them by itself.
        }
    }

    private static Account withAnIdOfItsOwn(DataFolder folder, Binaries binaries) throws IOException {
        try {
            Account account = under(idFor(folder.databases()));
            account.letPassThrough(folder.home());
            if (account.canRun(binaries.program("postgres"))) {
                return account;
            }
        } catch (IOException refused) {
            LOG.debugf("No other id: %s", refused);
        }
        Account root = new Account(Platform.inUserNamespace(), OptionalInt.of(ROOT));
        closeToOthers(folder.home());
        LOG.infof(
                "PostgreSQL runs with root's id in a user namespace: one of its own cannot be had, or cannot get to %s",
                folder.home());
        return root;
    }

    /** Some programs of PostgreSQL want their user to have a name, which in a user namespace it has. */
    private static Account under(int id) {
        List<String> prefix = new ArrayList<>(
                List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--no-new-privs"));
        prefix.addAll(Platform.USER_NAMESPACE);
        return new Account(prefix, OptionalInt.of(id));
    }

    /** The one that has the data, if it still has no account; else any that is free. */
    private static int idFor(Path databases) throws IOException {
        int owner = number(databases, UID);
        if (owner >= FIRST_FREE && owner <= LAST_FREE && hasNoName(databases)) {
            return owner;
        }
        List<Integer> ids = IntStream.rangeClosed(FIRST_FREE, LAST_FREE).boxed().collect(Collectors.toList());
        Collections.shuffle(ids);
        for (int id : ids) {
            under(id).own(databases);
            if (hasNoName(databases) && !isInUse(id)) {
                return id;
            }
        }
        throw new IOException("every id has an account or a process");
    }

    /** Java gives the number of an owner that the system knows no name for. */
    private static boolean hasNoName(Path path) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return attributes.owner().getName().equals(Integer.toString(number(path, UID)))
                && attributes.group().getName().equals(Integer.toString(number(path, GID)));
    }

    private static boolean isInUse(int id) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.anyMatch(process -> isOf(process, id));
        }
    }

    private static boolean isOf(Path process, int id) {
        try {
            return number(process, UID) == id;
        } catch (IOException ended) {
            return false;
        }
    }

    private void letPassThrough(Path folder) throws IOException {
        Files.setAttribute(folder, GID, id.orElseThrow());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_AND_PASSAGE));
    }

    /** In some containers root may become another user but not see what that one's processes run. */
    private boolean canRun(String program) throws IOException {
        Process process = new ProcessBuilder(Stream.concat(prefix.stream(), Stream.of("sh", "-c", TRIAL, program))
                        .toList())
                .redirectError(Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader()) {
            return said.readLine() != null && process.info().command().isPresent();
        } finally {
            process.destroy();
        }
    }

    /** Gives it a file that root has made for it, or that an earlier start left to another id. */
    void own(Path path) throws IOException {
        if (id.isPresent() && (number(path, UID) != id.getAsInt() || number(path, GID) != id.getAsInt())) {
            Files.setAttribute(path, UID, id.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, GID, id.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static int number(Path path, String attribute) throws IOException {
        return (int) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
    }
}

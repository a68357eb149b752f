package io.phaseledger.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What differs between operating systems. */
final class Platform {

    /** What a command begins with that is to run in one. */
    static final List<String> USER_NAMESPACE = List.of("unshare", "-U");

    private static final String SYSTEM = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    private static final String MACHINE = System.getProperty("os.arch", "");

    private Platform() {}

    /** The archive of PostgreSQL's programs for this machine. */
    static URL archive() {
        return archive(SYSTEM, MACHINE);
    }

    /** @throws CannotStart where the build has none: it has its own machine's, a distribution five, the image none */
    static URL archive(String system, String machine) {
        @Nullable
        URL archive =
                Platform.class.getResource("/postgres-" + family(system) + "-" + processor(system, machine) + ".txz");
        if (archive == null) {
            throw new CannotStart("This build has no embedded PostgreSQL for " + system + " on " + machine
                    + ": set QUARKUS_DATASOURCE_JDBC_URL to a database of your own.");
        }
        return archive;
    }

    static String executable(String name) {
        return isWindows() ? name + ".exe" : name;
    }

    static boolean isRoot() {
        return !isWindows() && "root".equals(System.getProperty("user.name"));
    }

    /** What a command of root begins with that is to have no more powers than an ordinary user's, if that is allowed. */
    static List<String> inUserNamespace() {
        if (!LinuxUtils.isUnshareAvailable()) {
            throw new CannotStart("PostgreSQL does not run as root and this system refuses 'unshare -U':"
                    + " run as another user, or set QUARKUS_DATASOURCE_JDBC_URL to a database of your own.");
        }
        return USER_NAMESPACE;
    }

    static boolean isWindows() {
        return isWindows(SYSTEM);
    }

    private static boolean isWindows(String system) {
        return system.startsWith("windows");
    }

    private static String family(String system) {
        if (isWindows(system)) {
            return "windows";
        }
        return system.startsWith("mac") ? "darwin" : "linux";
    }

    /** Windows on ARM runs programs for x86 too. */
    private static String processor(String system, String machine) {
        return switch (machine) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64" -> isWindows(system) ? "x86_64" : "arm_64";
            default -> machine;
        };
    }
}

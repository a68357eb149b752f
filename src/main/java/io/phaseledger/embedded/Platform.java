package io.phaseledger.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What differs between operating systems. */
final class Platform {

    private static final String SYSTEM = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    private static final String MACHINE = System.getProperty("os.arch", "");

    private Platform() {}

    /** The archive of PostgreSQL's programs for this machine. */
    static InputStream archive() throws IOException {
        @Nullable InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(family(), MACHINE);
        if (archive == null) {
            throw new CannotStart("No PostgreSQL comes along for " + SYSTEM + " on " + MACHINE
                    + ": set QUARKUS_DATASOURCE_JDBC_URL to a database of your own.");
        }
        return archive;
    }

    static String executable(String name) {
        return isWindows() ? name + ".exe" : name;
    }

    /** PostgreSQL refuses to run as root, so root becomes nobody in a user namespace of its own, if it may. */
    static List<String> asOrdinaryUser() {
        if (isWindows() || !"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!LinuxUtils.isUnshareAvailable()) {
            throw new CannotStart("PostgreSQL does not run as root and this system refuses 'unshare -U':"
                    + " run as another user, or set QUARKUS_DATASOURCE_JDBC_URL to a database of your own.");
        }
        return List.of("unshare", "-U");
    }

    static boolean isWindows() {
        return SYSTEM.startsWith("windows");
    }

    private static String family() {
        if (isWindows()) {
            return "Windows";
        }
        return SYSTEM.startsWith("mac") ? "Darwin" : "Linux";
    }
}

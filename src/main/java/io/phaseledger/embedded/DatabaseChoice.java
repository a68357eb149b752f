package io.phaseledger.embedded;

import io.quarkus.runtime.ApplicationLifecycleManager;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Which database a process uses. */
public enum DatabaseChoice {

    /** None: the build runs the service only to record which classes it loads. */
    NONE,

    /** The one that {@code quarkus.datasource.jdbc.url} names. */
    CONFIGURED,

    /** The embedded PostgreSQL. */
    EMBEDDED;

    /** Set by Cloud Run in every container, to the name of the service. */
    private static final String CLOUD_RUN = "K_SERVICE";

    /**
     * Decides by the configuration as it is before Quarkus starts.
     *
     * @throws CannotStart without a configured database on Cloud Run, where the embedded one's data would vanish, and
     *     where the build has no embedded one
     */
    public static DatabaseChoice of(Config config) {
        if (ApplicationLifecycleManager.isAppCDSGeneration()) {
            return NONE;
        }
        if (isSet(config, "quarkus.datasource.jdbc.url")) {
            return CONFIGURED;
        }
        if (isSet(config, CLOUD_RUN)) {
            throw new CannotStart("Refusing to start on Cloud Run without a database, because an embedded one would"
                    + " lose its data with the container: set QUARKUS_DATASOURCE_JDBC_URL,"
                    + " QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.");
        }
        Platform.archive();
        return EMBEDDED;
    }

    private static boolean isSet(Config config, String name) {
        Optional<String> value = config.getOptionalValue(name, String.class);
        return value.filter(text -> !text.isBlank()).isPresent();
    }
}

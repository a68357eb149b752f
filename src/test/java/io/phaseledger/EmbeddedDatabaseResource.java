package io.phaseledger;

import io.phaseledger.embedded.EmbeddedDatabase;
import io.phaseledger.embedded.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The one database of a test run: the production class on a temporary folder, or the PostgreSQL that
 * {@code PHASE_LEDGER_TEST_JDBC_URL} (with {@code _USERNAME} and {@code _PASSWORD}) names.
 *
 * <p>It ends with the JVM and not with {@link #stop()}: Quarkus restarts between test profiles, and an append-only
 * ledger needs no fresh database for that. What is common to all lives in system properties, because each restart may
 * load this class anew.
 */
public final class EmbeddedDatabaseResource implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "phase-ledger.test.jdbc-url";
    private static final String USERNAME = "phase-ledger.test.username";

    @Override
    public Map<String, String> start() {
        return external().orElseGet(EmbeddedDatabaseResource::embedded);
    }

    @Override
    public void stop() {
        // The shutdown hook does it.
    }

    private static Optional<Map<String, String>> external() {
        return Optional.ofNullable(System.getenv("PHASE_LEDGER_TEST_JDBC_URL"))
                .map(url -> properties(
                        url,
                        System.getenv().getOrDefault("PHASE_LEDGER_TEST_USERNAME", ""),
                        System.getenv().getOrDefault("PHASE_LEDGER_TEST_PASSWORD", "")));
    }

    private static Map<String, String> embedded() {
        if (System.getProperty(URL) == null) {
            EmbeddedDatabase database = startWithTheJvm();
            System.setProperty(URL, database.jdbcUrl());
            System.setProperty(USERNAME, database.username());
        }
        return properties(System.getProperty(URL), System.getProperty(USERNAME), "");
    }

    private static EmbeddedDatabase startWithTheJvm() {
        Path folder = TestFolders.create();
        EmbeddedDatabase database = EmbeddedDatabase.in(TestFolders.data(folder));
        Thread remove = new Thread(() -> remove(database, folder), "test-database-remove");
        Runtime.getRuntime().addShutdownHook(remove);
        database.start();
        return database;
    }

    private static void remove(EmbeddedDatabase database, Path folder) {
        database.close();
        TestFolders.remove(folder);
    }

    private static Map<String, String> properties(String url, String username, String password) {
        return Map.of(
                "quarkus.datasource.jdbc.url", url,
                "quarkus.datasource.username", username,
                "quarkus.datasource.password", password);
    }
}

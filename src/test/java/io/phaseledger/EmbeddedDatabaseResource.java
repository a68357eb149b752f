package io.phaseledger;

import io.phaseledger.embedded.EmbeddedDatabase;
import io.phaseledger.embedded.Logins;
import io.phaseledger.embedded.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final String DATA = "phase-ledger.test.data";

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
                .map(url -> Map.of(
                        "quarkus.datasource.jdbc.url", url,
                        "quarkus.datasource.username", System.getenv().getOrDefault("PHASE_LEDGER_TEST_USERNAME", ""),
                        "quarkus.datasource.password", System.getenv().getOrDefault("PHASE_LEDGER_TEST_PASSWORD", "")));
    }

    /** Of the embedded one; of another we know none but that of the service. */
    public static Optional<Logins> logins() {
        try {
            String data = System.getProperty(DATA);
            return data == null ? Optional.empty() : EmbeddedDatabase.running(Path.of(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> embedded() {
        if (System.getProperty(DATA) == null) {
            Path folder = TestFolders.create();
            startWithTheJvm(folder);
            System.setProperty(DATA, TestFolders.data(folder).toString());
        }
        return logins().orElseThrow().settings();
    }

    private static void startWithTheJvm(Path folder) {
        EmbeddedDatabase database = EmbeddedDatabase.in(TestFolders.data(folder));
        Thread remove = new Thread(() -> remove(database, folder), "test-database-remove");
        Runtime.getRuntime().addShutdownHook(remove);
        database.start();
    }

    private static void remove(EmbeddedDatabase database, Path folder) {
        database.close();
        TestFolders.remove(folder);
    }
}

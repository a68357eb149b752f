package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** The command of the schema's owner: brings the schema up to date, gives the service its rights, and ends. */
final class Migrate {

    /** What it is called by: {@code java -jar quarkus-run.jar migrate [role of the service]}. */
    static final String COMMAND = "migrate";

    static final String URL = "quarkus.datasource.jdbc.url";
    static final String USERNAME = "quarkus.datasource.username";
    static final String PASSWORD = "quarkus.datasource.password";
    private static final String GRANTS = "/db/migration/afterMigrate__grants.sql";
    private static final String NAME_THE_ROLE = "SELECT set_config('phase_ledger.app_role', ?, false)";

    private final Flyway flyway;
    private final PrintStream out;

    private Migrate(Config config, PrintStream out) {
        this.flyway = Flyway.configure(Migrate.class.getClassLoader())
                .dataSource(text(config, URL), text(config, USERNAME), text(config, PASSWORD))
                .connectRetries(config.getValue("quarkus.flyway.connect-retries", Integer.class))
                .schemas(text(config, "quarkus.flyway.schemas"))
                .locations(text(config, "quarkus.flyway.locations"))
                .load();
        this.out = out;
    }

    /**
     * Migrates the configured database, by the same settings as the service.
     *
     * @param arguments the role that the service uses, if it is another than the one that migrates
     * @return the exit code: 0, or 1 when there is no database, or it refused
     */
    static int run(Config config, List<String> arguments, PrintStream out) {
        if (text(config, URL).isBlank()) {
            out.println("There is nothing to migrate: set QUARKUS_DATASOURCE_JDBC_URL, QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD. The embedded PostgreSQL is migrated as it starts.");
            return 1;
        }
        try {
            Migrate migrate = new Migrate(config, out);
            migrate.schema();
            for (String role : arguments) {
                migrate.grant(role);
            }
            return 0;
        } catch (FlywayException | SQLException e) {
            out.println("Not migrated: " + e.getMessage());
            return 1;
        }
    }

    private void schema() {
        MigrateResult result = flyway.migrate();
        out.printf(
                "%d migrations were applied, the schema is at version %s.%n",
                result.migrationsExecuted,
                Objects.requireNonNullElse(result.targetSchemaVersion, result.initialSchemaVersion));
    }

    private void grant(String role) throws SQLException {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                PreparedStatement name = connection.prepareStatement(NAME_THE_ROLE);
                Statement grants = connection.createStatement()) {
            name.setString(1, role);
            name.execute();
            grants.execute(sql(GRANTS));
        }
        out.println(role + " has what the service needs, and no more.");
    }

    /** What is in a file of the folder db. */
    static String sql(String file) {
        try (InputStream sql = Migrate.class.getResourceAsStream(file)) {
            return new String(Objects.requireNonNull(sql, file).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting; empty when it is not set. */
    static String text(Config config, String name) {
        return config.getOptionalValue(name, String.class).orElse("");
    }
}

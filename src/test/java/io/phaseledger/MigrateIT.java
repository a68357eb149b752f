package io.phaseledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.Login;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command of the schema's owner; {@code .ci/deploy} shows it with two roles on a PostgreSQL of its own. */
@Tag("proof")
class MigrateIT {

    private static PackagedCommand migrate(Map<String, String> environment, String... role) {
        return PackagedCommand.run(
                Path.of("."),
                environment,
                Stream.concat(Stream.of("migrate"), Stream.of(role)).toArray(String[]::new));
    }

    @Test
    void without_a_database_it_says_what_to_set() {
        PackagedCommand ended = migrate(Map.of());
        assertEquals(1, ended.code(), ended::printed);
        assertTrue(ended.printed().contains("set QUARKUS_DATASOURCE_JDBC_URL"), ended::printed);
    }

    @Test
    void a_database_that_is_not_there_is_said_so() {
        PackagedCommand ended = migrate(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/nothing"));
        assertEquals(1, ended.code(), ended::printed);
        assertTrue(ended.printed().contains("Not migrated: "), ended::printed);
        assertTrue(ended.printed().contains("127.0.0.1:1 refused"), ended::printed);
    }

    @Test
    void what_is_up_to_date_stays_and_a_role_that_is_not_there_is_given_nothing() {
        try (PackagedService service = PackagedService.start()) {
            service.waitUntilReady();
            Login owner = PackagedDatabase.of(service).logins().owner();
            Map<String, String> database = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", owner.jdbcUrl(),
                    "QUARKUS_DATASOURCE_USERNAME", owner.user(),
                    "QUARKUS_DATASOURCE_PASSWORD", owner.password());
            PackagedCommand again = migrate(database);
            assertEquals(0, again.code(), again::printed);
            assertTrue(again.printed().contains("0 migrations were applied"), again::printed);
            PackagedCommand nobody = migrate(database, "no_such_role");
            assertEquals(1, nobody.code(), nobody::printed);
            assertTrue(nobody.printed().contains("role \"no_such_role\" does not exist"), nobody::printed);
        }
    }
}

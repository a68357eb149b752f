package io.phaseledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.phaseledger.embedded.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command of the schema's owner; {@code .ci/deploy} shows it with two roles on a PostgreSQL of its own. */
class MigrateIT {

    private static Ended migrate(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString(),
                "migrate"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), printed);
    }

    @Test
    void without_a_database_it_says_what_to_set() throws IOException, InterruptedException {
        Ended ended = migrate(Map.of());
        assertEquals(1, ended.code(), ended::printed);
        assertTrue(ended.printed().contains("set QUARKUS_DATASOURCE_JDBC_URL"), ended::printed);
    }

    @Test
    void a_database_that_is_not_there_is_said_so() throws IOException, InterruptedException {
        Ended ended = migrate(Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:1/nothing"));
        assertEquals(1, ended.code(), ended::printed);
        assertTrue(ended.printed().contains("Not migrated: "), ended::printed);
        assertTrue(ended.printed().contains("127.0.0.1:1 refused"), ended::printed);
    }

    @Test
    void what_is_up_to_date_stays_and_a_role_that_is_not_there_is_given_nothing()
            throws IOException, InterruptedException {
        try (PackagedService service = PackagedService.start()) {
            service.waitUntilReady();
            Login owner = PackagedDatabase.of(service).logins().owner();
            Map<String, String> database = Map.of(
                    "QUARKUS_DATASOURCE_JDBC_URL", owner.jdbcUrl(),
                    "QUARKUS_DATASOURCE_USERNAME", owner.user(),
                    "QUARKUS_DATASOURCE_PASSWORD", owner.password());
            Ended again = migrate(database);
            assertEquals(0, again.code(), again::printed);
            assertTrue(again.printed().contains("0 migrations were applied"), again::printed);
            Ended nobody = migrate(database, "no_such_role");
            assertEquals(1, nobody.code(), nobody::printed);
            assertTrue(nobody.printed().contains("role \"no_such_role\" does not exist"), nobody::printed);
        }
    }

    private record Ended(int code, String printed) {}
}

package io.phaseledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the three roles get in: the service's, the owner's and the superuser's.
 *
 * <p>They are kept in the file {@code pg_service.conf} of the data folder, which its owner alone may read, and in the
 * form that psql and all that is built on libpq take: {@code PGSERVICEFILE=data/pg_service.conf psql
 * service=phase_ledger}.
 */
public record Logins(Login service, Login owner, Login superuser) {

    private static final String FILE = "pg_service.conf";

    private static final String HEAD = """
            # How to get into this PostgreSQL as long as it runs. Each start writes this file anew.
            # PGSERVICEFILE=%s psql service=phase_ledger
            """;

    private static final String SECTION = """

            [%s]
            host=%s
            port=%d
            dbname=%s
            user=%1$s
            password=%5$s
            """;

    private static final Pattern WRITTEN =
            Pattern.compile("\\[\\w+]\\nhost=\\S+\\nport=(\\d{1,5})\\ndbname=\\w+\\nuser=(\\w+)\\npassword=(\\S+)\\n");

    /** What the last start left in the folder; empty if there is nothing, or not all of it. */
    static Optional<Logins> readFrom(Path home) throws IOException {
        List<Login> written = WRITTEN.matcher(textIn(home))
                .results()
                .map(found -> new Login(Integer.parseInt(found.group(1)), found.group(2), found.group(3)))
                .toList();
        boolean isWhole = written.stream().map(Login::user).toList().equals(Superuser.ROLES);
        return isWhole ? Optional.of(new Logins(written.get(0), written.get(1), written.get(2))) : Optional.empty();
    }

    private static String textIn(Path home) throws IOException {
        try {
            return Files.readString(home.resolve(FILE));
        } catch (NoSuchFileException nothing) {
            return "";
        }
    }

    void writeTo(Path home) throws IOException {
        Path file = home.resolve(FILE);
        String sections = Stream.of(service, owner, superuser)
                .map(login ->
                        SECTION.formatted(login.user(), Ports.HOST, login.port(), Login.DATABASE, login.password()))
                .collect(Collectors.joining());
        PrivateFile.replace(file, HEAD.formatted(file) + sections);
    }

    /** What Quarkus has to know to work as the service and to migrate as the owner. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.datasource.jdbc.url", service.jdbcUrl(),
                "quarkus.datasource.username", service.user(),
                "quarkus.datasource.password", service.password(),
                "quarkus.flyway.username", owner.user(),
                "quarkus.flyway.password", owner.password());
    }
}

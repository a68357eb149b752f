package io.phaseledger.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The embedded server's superuser, who makes the database of the ledger and the two roles that have rights in it. */
final class Superuser {

    static final String NAME = "postgres";

    /** Has the database and all in it, and migrates it. */
    static final String OWNER = "phase_ledger_owner";

    /** Reads and adds, as the owner allows it after each migration; it changes nothing that is there. */
    static final String SERVICE = "phase_ledger";

    /** In the order in which their logins are written. */
    static final List<String> ROLES = List.of(SERVICE, OWNER, NAME);

    /** In an older data folder the service's role owns everything; by the owner's name it goes on doing so. */
    private static final String MAKE_ROLES = """
            DO $$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'phase_ledger_owner') THEN
                    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'phase_ledger') THEN
                        ALTER ROLE phase_ledger RENAME TO phase_ledger_owner;
                    ELSE
                        CREATE ROLE phase_ledger_owner LOGIN;
                    END IF;
                END IF;
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'phase_ledger') THEN
                    CREATE ROLE phase_ledger LOGIN;
                END IF;
            END
            $$""";

    private static final String MAKE_DATABASE = "CREATE DATABASE phase_ledger OWNER phase_ledger_owner";

    /** The last says to whom the owner gives rights: db/migration/afterMigrate__grants.sql asks for it. */
    private static final String GIVE_RIGHTS = """
            REVOKE ALL ON DATABASE phase_ledger FROM PUBLIC;
            GRANT CONNECT ON DATABASE phase_ledger TO phase_ledger;
            ALTER ROLE phase_ledger_owner SET phase_ledger.app_role = 'phase_ledger'""";

    private final Login login;

    Superuser(int port, String password) {
        this.login = new Login(port, NAME, password);
    }

    Login login() {
        return login;
    }

    /**
     * Makes what is not there and gives the two roles new passwords. The superuser keeps its own, but not as initdb stored
     * it: with the iterations of a password that people choose, which each start would pay for.
     *
     * <p>Each step looks at what there is, so a start that was killed halfway is completed by the next.
     */
    Logins prepareLedger() throws SQLException {
        Login service = new Login(login.port(), SERVICE, Passwords.random());
        Login owner = new Login(login.port(), OWNER, Passwords.random());
        try (Connection connection = login.connectTo(NAME);
                Statement statement = connection.createStatement()) {
            statement.execute(MAKE_ROLES);
            if (!hasDatabase(statement)) {
                statement.execute(MAKE_DATABASE);
            }
            statement.execute(GIVE_RIGHTS);
            statement.execute(setPassword(SERVICE, service.password()));
            statement.execute(setPassword(OWNER, owner.password()));
            statement.execute(setPassword(NAME, login.password()));
        }
        return new Logins(service, owner, login);
    }

    static String setPassword(String role, String password) {
        return "ALTER ROLE " + role + " PASSWORD '" + Passwords.verifier(password) + "'";
    }

    private static boolean hasDatabase(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT FROM pg_database WHERE datname = 'phase_ledger'")) {
            return rows.next();
        }
    }
}

package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;

/** The clock by which everything is judged, for tables that take no place in the ledger's order. */
@ApplicationScoped
public class DatabaseClock {

    private static final String CLOCK = "SELECT clock_timestamp() AS now";

    private final Statements statements;

    DatabaseClock(Statements statements) {
        this.statements = statements;
    }

    /** Now; in the caller's transaction, if there is one. */
    public Instant now() {
        return statements
                .first(CLOCK, row -> Objects.requireNonNull(Statements.instant(row, "now")))
                .orElseThrow();
    }
}

package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import org.hibernate.Session;

/** The clock by which everything is judged, for tables that take no place in the ledger's order. */
@ApplicationScoped
public class DatabaseClock {

    private static final String CLOCK = "SELECT clock_timestamp()";

    private final EntityManager entities;

    DatabaseClock(EntityManager entities) {
        this.entities = entities;
    }

    /** Now; in the caller's transaction, if there is one. */
    public Instant now() {
        return entities.unwrap(Session.class)
                .createNativeQuery(CLOCK, Instant.class)
                .getSingleResult();
    }
}

package io.phaseledger.access;

import io.phaseledger.database.DatabaseClock;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The table of keys. */
@ApplicationScoped
class KeyTable implements PanacheRepositoryBase<KeyRow, String> {

    /** How many of the newest are listed. */
    static final int LISTED = 1000;

    private final DatabaseClock clock;

    KeyTable(DatabaseClock clock) {
        this.clock = clock;
    }

    /** A key, and when it was looked up. */
    @Transactional
    Optional<LookedUp> lookUp(String id) {
        long asked = System.nanoTime();
        return findByIdOptional(id).map(row -> new LookedUp(row, clock.now(), asked));
    }

    @Transactional
    List<KeyRow> newest() {
        return findAll(Sort.descending("createdAt", "id")).page(0, LISTED).list();
    }
}

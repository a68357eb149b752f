package io.phaseledger.subscription;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of subscriptions; those that were taken away are not found in it. */
@ApplicationScoped
class SubscriptionTable implements PanacheRepositoryBase<SubscriptionRow, UUID> {

    /** Newest first. */
    List<SubscriptionRow> kept() {
        return list("deletedAt is null", Sort.descending("id"));
    }

    Optional<SubscriptionRow> kept(UUID id) {
        return find("id = ?1 and deletedAt is null", id).firstResultOptional();
    }

    /** The same, held until the transaction ends. */
    Optional<SubscriptionRow> held(UUID id) {
        return find("id = ?1 and deletedAt is null", id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }
}

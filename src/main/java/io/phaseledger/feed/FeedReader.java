package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** The ledger in order, for who comes later than the feed told of it. */
@ApplicationScoped
public class FeedReader {

    private final EntityManager entities;

    FeedReader(EntityManager entities) {
        this.entities = entities;
    }

    /** The entries that come next after a position, at most so many, in order and without a gap. */
    @Transactional
    public List<Entry> after(long position, int limit) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Entries.after(connection, position, limit));
    }
}

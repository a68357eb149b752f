package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.hibernate.Session;

/** One page for one sink, and the cursor moved over it, in one transaction. */
@ApplicationScoped
class SinkTurn {

    private final EntityManager entities;
    private final FeedConfig config;

    SinkTurn(EntityManager entities, FeedConfig config) {
        this.entities = entities;
        this.config = config;
    }

    /**
     * Hands a sink the next page, unless another instance is about it.
     *
     * @throws RuntimeException what the sink threw; then its cursor is where it was
     */
    @Transactional
    Outcome take(Sink sink) {
        return entities.unwrap(Session.class).doReturningWork(connection -> take(sink, connection));
    }

    private Outcome take(Sink sink, Connection connection) throws SQLException {
        OptionalLong cursor = Cursors.lock(connection, sink.name());
        if (cursor.isEmpty()) {
            OptionalLong others = Cursors.read(connection, sink.name());
            if (others.isEmpty()) {
                Cursors.begin(connection, sink.name());
            }
            return new Outcome(others.orElse(0), others.isEmpty());
        }
        List<Entry> page = Entries.after(connection, cursor.getAsLong(), config.pageSize());
        sink.take(page);
        if (page.isEmpty()) {
            return new Outcome(cursor.getAsLong(), false);
        }
        long moved = page.get(page.size() - 1).position();
        Cursors.move(connection, sink.name(), moved);
        return new Outcome(moved, page.size() == config.pageSize());
    }

    /**
     * What became of a turn.
     *
     * @param cursor where the sink is, whoever runs it
     * @param isMore whether another turn has something to do
     */
    record Outcome(long cursor, boolean isMore) {}
}

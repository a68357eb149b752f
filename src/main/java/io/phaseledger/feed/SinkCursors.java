package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.hibernate.Session;

/** How far sinks have come, for who must agree with one on where something begins. */
@ApplicationScoped
public class SinkCursors {

    private final EntityManager entities;

    SinkCursors(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Keeps a sink from taking anything until the caller's transaction ends; waits for the page that it is about.
     *
     * <p>What the caller writes is seen by the sink at the next page, whichever instance runs it.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void hold(String sink) {
        entities.unwrap(Session.class).doWork(connection -> hold(connection, sink));
    }

    /**
     * Takes the cursor of somebody who follows the ledger at a pace of their own, from its very beginning, for as long as
     * the caller's transaction lasts; empty while somebody else has it.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public OptionalLong take(String sink) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Cursors.beginAtStart(connection, sink);
            return Cursors.lock(connection, sink);
        });
    }

    /** Moves a cursor that the caller's transaction has taken. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void move(String sink, long position) {
        entities.unwrap(Session.class).doWork(connection -> Cursors.move(connection, sink, position));
    }

    /** Where a cursor is, whoever has it; 0 where there is none yet. */
    @Transactional
    public long position(String sink) {
        return entities.unwrap(Session.class)
                .doReturningWork(connection -> Cursors.read(connection, sink))
                .orElse(0);
    }

    private static void hold(Connection connection, String sink) throws SQLException {
        Cursors.begin(connection, sink);
        Cursors.hold(connection, sink);
    }
}

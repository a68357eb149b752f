package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static void hold(Connection connection, String sink) throws SQLException {
        Cursors.begin(connection, sink);
        Cursors.hold(connection, sink);
    }
}

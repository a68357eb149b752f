package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.hibernate.Session;

/** Runs SQL that Hibernate has no words for, in the caller's transaction. */
@ApplicationScoped
public class Statements {

    private final EntityManager entities;

    Statements(EntityManager entities) {
        this.entities = entities;
    }

    /** What is made of a statement, which is closed afterwards. */
    public <T> T run(String sql, Work<T> work) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.run(statement);
            }
        });
    }

    /** What is done with a statement. */
    public interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }
}

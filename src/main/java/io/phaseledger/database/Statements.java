package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs SQL on a connection of the pool: that of the caller's transaction, or one that commits each statement by itself. */
@ApplicationScoped
public class Statements {

    private final DataSource pool;

    Statements(DataSource pool) {
        this.pool = pool;
    }

    /** What is made of a statement, which is closed afterwards. */
    public <T> T run(String sql, Work<T> work) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.run(statement);
        } catch (SQLException e) {
            throw new PersistenceException(e);
        }
    }

    /** What is done with a statement. */
    public interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }
}

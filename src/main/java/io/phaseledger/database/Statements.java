package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL on a connection of the pool: that of the caller's transaction, or one that commits each statement by itself.
 *
 * <p>Values are bound in their order: what the driver takes, instants, and arrays of texts, numbers, UUIDs, dates and
 * instants. What the database refuses is thrown as a {@code StatementFailed}.
 */
@ApplicationScoped
public class Statements {

    private final DataSource pool;

    Statements(DataSource pool) {
        this.pool = pool;
    }

    /** What is made of a statement, which is closed afterwards. */
    public <T> T run(String sql, Work<T> work) {
        return use(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.run(statement);
            }
        });
    }

    /** What is made of a connection, for several statements of one transaction. */
    public <T> T use(Use<T> use) {
        try (Connection connection = pool.getConnection()) {
            return use.use(connection);
        } catch (SQLException e) {
            throw new StatementFailed(e);
        }
    }

    /** How many rows a statement changed. */
    public int update(String sql, @Nullable Object... values) {
        return run(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /** The rows that a query finds, each read by a mapper. */
    public <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... values) {
        return run(sql, statement -> {
            bind(statement, values);
            return rows(statement, mapper);
        });
    }

    /** The first of them. */
    public <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... values) {
        return list(sql, mapper, values).stream().findFirst();
    }

    public static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, forDriver(statement, values[i]));
        }
    }

    /** What a bound query finds. */
    public static <T> List<T> rows(PreparedStatement query, Mapper<T> mapper) throws SQLException {
        return rows(query.executeQuery(), mapper);
    }

    /** What is found, which is closed afterwards. */
    public static <T> List<T> rows(ResultSet found, Mapper<T> mapper) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (found) {
            while (found.next()) {
                rows.add(mapper.map(found));
            }
        }
        return rows;
    }

    /** A {@code timestamptz}. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** A {@code text[]} that is not null. */
    public static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static @Nullable Object forDriver(PreparedStatement statement, @Nullable Object value) throws SQLException {
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Instant[] instants) {
            return array(
                    statement,
                    "timestamptz",
                    Arrays.stream(instants)
                            .map(each -> each == null ? null : each.atOffset(ZoneOffset.UTC))
                            .toArray());
        }
        if (value instanceof Object[] values) {
            return array(statement, typeOf(values), values);
        }
        return value;
    }

    private static java.sql.Array array(PreparedStatement statement, String type, @Nullable Object[] values)
            throws SQLException {
        return statement.getConnection().createArrayOf(type, values);
    }

    private static String typeOf(Object[] values) {
        if (values instanceof UUID[]) {
            return "uuid";
        }
        if (values instanceof LocalDate[]) {
            return "date";
        }
        if (values instanceof Long[]) {
            return "bigint";
        }
        return values instanceof Integer[] ? "integer" : "text";
    }

    /** What is done with a statement. */
    public interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /** What is done with a connection. */
    public interface Use<T> {
        T use(Connection connection) throws SQLException;
    }

    /** What a row is read as. */
    public interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}

package io.phaseledger.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Statements by which it is counted how often the database is asked: each of these calls of JDBC is one round trip. */
public final class CountedStatements {

    private static final Set<String> ROUND_TRIPS = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeBatch",
            "setAutoCommit",
            "commit",
            "rollback",
            "isValid");

    private final AtomicInteger roundTrips = new AtomicInteger();
    private final Statements statements;

    public CountedStatements(DataSource pool) {
        this.statements = new Statements(counted(DataSource.class, pool));
    }

    public Statements statements() {
        return statements;
    }

    /** How often the database was asked meanwhile. */
    public int during(Runnable work) {
        int before = roundTrips.get();
        work.run();
        return roundTrips.get() - before;
    }

    private <T> T counted(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (ROUND_TRIPS.contains(method.getName())) {
                roundTrips.incrementAndGet();
            }
            try {
                Object result = method.invoke(real, args);
                if (result instanceof Connection connection && real instanceof DataSource) {
                    return counted(Connection.class, connection);
                }
                return result instanceof PreparedStatement statement
                        ? counted(PreparedStatement.class, statement)
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}

package io.phaseledger.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;
import org.junit.jupiter.api.Test;

class UnavailableTest {

    @Test
    void tells_a_database_that_cannot_be_asked_from_one_that_refuses() {
        var refusedInsert = new SQLException("duplicate key", "23505");
        var faults = Map.<Throwable, Boolean>ofEntries(
                Map.entry(new SQLException("connection refused", "08001"), true),
                Map.entry(new SQLException("terminating connection", "57P01"), true),
                Map.entry(new SQLException("starting up", "57P03"), true),
                Map.entry(new SQLException("too many clients", "53300"), true),
                Map.entry(new SQLException("Sorry, acquisition timeout!"), true),
                Map.entry(new SQLException("Exception in association of connection to existing transaction"), true),
                Map.entry(new SQLTransientConnectionException("gone"), true),
                Map.entry(new JDBCConnectionException("gone", refusedInsert), true),
                Map.entry(new ConstraintViolationException("twice", refusedInsert, "one_head"), false),
                Map.entry(new RollbackException("the connection broke during the commit"), true),
                Map.entry(new XAException(XAException.XAER_RMFAIL), true),
                Map.entry(new TimeoutException(), true),
                Map.entry(new SQLException("password authentication failed", "28P01"), true),
                Map.entry(new SQLException("no such database", "3D000"), true),
                Map.entry(new SQLException("no space left on device", "53100"), true),
                Map.entry(new SQLException("read-only transaction", "25006"), true),
                Map.entry(new SQLException("lock timeout", "55P03"), true),
                Map.entry(new SQLException("statement timeout", "57014"), true),
                Map.entry(new SQLException("no such column", "42703"), false),
                Map.entry(new SQLException(), false),
                Map.entry(new IllegalStateException("ours"), false));
        faults.forEach((fault, expected) -> {
            assertEquals(expected, Unavailable.isBehind(fault), fault.toString());
            assertEquals(expected, Unavailable.isBehind(new IllegalStateException(new Error(fault))), fault.toString());
        });
    }

    @Test
    void causes_that_go_round_in_a_circle_end() {
        var first = new IllegalStateException("first");
        first.initCause(new IllegalStateException("second", first));
        assertEquals(false, Unavailable.isBehind(first));
    }
}

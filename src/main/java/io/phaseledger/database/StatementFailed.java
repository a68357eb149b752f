package io.phaseledger.database;

import java.sql.SQLException;

/** A statement that the database refused or did not answer; why is its cause. */
public final class StatementFailed extends RuntimeException {

    public StatementFailed(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}

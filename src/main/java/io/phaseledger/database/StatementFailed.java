package io.phaseledger.database;

import java.sql.SQLException;

/** A statement that the database refused or did not answer; why is its cause. */
final class StatementFailed extends RuntimeException {

    StatementFailed(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}

package io.phaseledger.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every append and every question looks up costs the same at any size. */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class LedgerPlanTest {

    /** A descent or two of each index that the query names. */
    private static final int BUFFERS = 30;

    @ParameterizedTest
    @EnumSource
    void theHeadIsFoundAtOnce(Plan.For planned, BigLedger ledger) throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect()) {
            Plan.of(connection, planned, Positions.HEAD).assertTouchesAtMost(BUFFERS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryIsFoundByItsPosition(Plan.For planned, BigLedger ledger) throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect()) {
            String middle = BigLedger.MIDDLE;
            Plan plan = Plan.of(connection, planned, Positions.LEARNED_AT, middle, middle, middle, middle);
            assertEquals(1, plan.rows());
            plan.assertTouchesAtMost(BUFFERS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRowIsFoundByItsIdentity(Plan.For planned, BigLedger ledger) throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect()) {
            String identity = "{\\x" + "0".repeat(60) + "ffff}";
            Plan plan = Plan.of(connection, planned, CompletionTable.BY_IDENTITY, identity.replace("\\", "\\\\"));
            assertEquals(1, plan.rows());
            plan.assertTouchesAtMost(BUFFERS);
        }
    }

    /** PostgreSQL keeps the plan while the ledger grows. */
    @ParameterizedTest
    @EnumSource
    void anEmptyLedgerIsNotReadFromEndToEnd(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connectToEmpty()) {
            connection.setAutoCommit(false);
            try (PreparedStatement lock = connection.prepareStatement(Positions.LOCK)) {
                for (int bound = 1; bound <= 3; bound++) {
                    lock.setString(bound, "10000");
                }
                lock.setLong(4, Positions.APPEND_LOCK);
                lock.execute();
            }
            Plan.of(connection, planned, CompletionTable.BY_IDENTITY, "{}").assertReadsNoTableFromEndToEnd();
            connection.rollback();
        }
    }
}

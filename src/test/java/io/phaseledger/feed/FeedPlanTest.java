package io.phaseledger.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Following very many rows costs what is new, wherever the cursor is, whether or not the table has been analysed. */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class FeedPlanTest {

    /** The rows are two dozen to a page; then the descents of four indexes. */
    private static final int BUFFERS = 120;

    private static final String PAGE = "100";

    static Stream<Arguments> places() {
        return Stream.of(
                arguments("0", 100),
                arguments(BigLedger.MIDDLE, 100),
                arguments(Integer.toString(BigLedger.LAST - 20), 100),
                arguments("99999999", 0));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aPageTouchesLittleMoreThanItsRows(String after, int rows, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (boolean isAnalysed : new boolean[] {false, true}) {
                if (isAnalysed) {
                    statement.execute("ANALYZE nba_orchestration.phase_completions, nba_orchestration.slates");
                }
                for (Plan.For planned : Plan.For.values()) {
                    Plan plan = page(connection, planned, after);
                    assertEquals(rows, plan.rows());
                    plan.assertTouchesAtMost(BUFFERS);
                }
            }
            connection.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePlanForAnEmptyLedgerIsOneForAFullOne(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connectToEmpty()) {
            page(connection, planned, "0").assertReadsNoTableFromEndToEnd();
        }
    }

    private static Plan page(Connection connection, Plan.For planned, String after)
            throws SQLException, JsonProcessingException {
        return Plan.of(connection, planned, FeedReader.AFTER, after, PAGE, after, PAGE, after, PAGE, after, PAGE, PAGE);
    }
}

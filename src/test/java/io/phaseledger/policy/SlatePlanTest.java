package io.phaseledger.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A date's slate costs the same whatever other dates there are. */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class SlatePlanTest {

    /** Ten revisions of one date, each on a page of its own at worst, and the descent to them. */
    private static final int BUFFERS = 30;

    private static final String NOW = "2026-11-01T00:00:00Z";
    private static final String POSITION = "99999999";

    private static Plan known(Connection connection, Plan.For planned, boolean withBefore)
            throws SQLException, JsonProcessingException {
        return Plan.of(
                connection,
                planned,
                KnownSlates.KNOWN,
                "2024-05-01",
                "2024-05-01",
                Boolean.toString(withBefore),
                NOW,
                POSITION);
    }

    @ParameterizedTest
    @EnumSource
    void theSlateOfADateIsFoundAtOnce(Plan.For planned, BigLedger ledger) throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect()) {
            Plan plan = known(connection, planned, false);
            assertEquals(1, plan.rows());
            plan.assertTouchesAtMost(BUFFERS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePreviousDateWithWorkIsFoundFromTheEnd(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (boolean isAnalysed : new boolean[] {false, true}) {
                if (isAnalysed) {
                    statement.execute("ANALYZE nba_orchestration.slates");
                }
                Plan plan = known(connection, planned, true);
                assertEquals(2, plan.rows());
                plan.assertTouchesAtMost(2 * BUFFERS);
            }
            connection.rollback();
        }
    }
}

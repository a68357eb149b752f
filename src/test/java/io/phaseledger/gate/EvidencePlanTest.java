package io.phaseledger.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The evidence of a cell costs the same however often its processor ran. */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class EvidencePlanTest {

    /**
     * Twelve descents of an index four pages deep, the rows that they find, and the look for each one's retraction;
     * and the runs of the five minutes by which a processor's clock may be ahead.
     */
    private static final int BUFFERS_PER_CELL = 80;

    private static final String NOW = "2026-11-01T00:00:00Z";
    private static final String MIDDLE = "2026-01-16T17:40:00Z";

    private static Plan newest(BigLedger ledger, Plan.For planned, int cells, String processor, String asOf)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connect()) {
            return newest(connection, planned, cells, processor, asOf);
        }
    }

    private static Plan newest(Connection connection, Plan.For planned, int cells, String processor, String asOf)
            throws SQLException, JsonProcessingException {
        return Plan.of(
                connection,
                planned,
                EvidenceTable.LOOK,
                array(cells, BigLedger.DATE),
                array(cells, "phase4"),
                array(cells, processor),
                asOf,
                null);
    }

    private static String array(int cells, String value) {
        return "{" + String.join(",", Collections.nCopies(cells, value)) + "}";
    }

    @ParameterizedTest
    @EnumSource
    void tenThousandRunsCostNoMoreThanTen(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        Plan often = newest(ledger, planned, 1, "often", NOW);
        Plan seldom = newest(ledger, planned, 1, "seldom", NOW);
        assertEquals(1, often.rows());
        assertEquals(1, seldom.rows());
        often.assertTouchesAtMost(BUFFERS_PER_CELL);
        often.assertTouchesAtMost(2 * seldom.buffers());
    }

    @ParameterizedTest
    @EnumSource
    void theMiddleOfTheRunsCostsNoMoreThanTheirEnd(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        Plan middle = newest(ledger, planned, 1, "often", MIDDLE);
        assertEquals(1, middle.rows());
        middle.assertTouchesAtMost(BUFFERS_PER_CELL);
    }

    @ParameterizedTest
    @EnumSource
    void failuresAfterASuccessAreNotPassedOver(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        Plan failing = newest(ledger, planned, 1, "failing", NOW);
        assertEquals(2, failing.rows());
        failing.assertTouchesAtMost(BUFFERS_PER_CELL);
    }

    @ParameterizedTest
    @EnumSource
    void aHundredCellsCostAHundredTimesOne(Plan.For planned, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        Plan many = newest(ledger, planned, 100, "often", NOW);
        assertEquals(100, many.rows());
        many.assertTouchesAtMost(100 * BUFFERS_PER_CELL);
    }
}

package io.phaseledger.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Target TARGET = new Target("nba-props", "other", "copy");

    @Test
    void sqlNamesTheConfiguredTableAndItsViews() {
        assertEquals(
                "SELECT * FROM `nba-props.other.copy` JOIN `nba-props.other.copy_known` JOIN `nba-props.other.copy_current`",
                TARGET.in("SELECT * FROM nba_orchestration.phase_completions"
                        + " JOIN nba_orchestration.phase_completions_known"
                        + " JOIN nba_orchestration.phase_completions_current"));
        assertEquals("nba_orchestration.phase_completions_old", TARGET.in("nba_orchestration.phase_completions_old"));
    }

    @Test
    void theViewsThatAreCreatedAreOfTheFiles() {
        for (String view : Sql.VIEWS) {
            String sql = TARGET.in(Sql.view(view));
            assertFalse(sql.contains("nba_orchestration"), sql);
            assertEquals("SELECT", sql.substring(0, 6));
        }
    }
}

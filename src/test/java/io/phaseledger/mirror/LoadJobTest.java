package io.phaseledger.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LoadJobTest {

    private static final Target TARGET = new Target("nba-props", "nba_orchestration", "phase_completions");
    private static final String LEDGER = "0198f1a05c3e7a3b9a630c4a4d1c2b11-0b9f7c1e";

    /** Of {@code nba-props.nba_orchestration.phase_completions}, so that an upgrade cannot change it. */
    private static final String HASH = "f1b639aaa63934db";

    private static LoadJob window(String ledger, Target target, long after, long until) {
        return LoadJob.window(UUID.randomUUID(), ledger, target, after, until, 10);
    }

    @Test
    void aWindowHasTheSameIdWhoeverCutsIt() {
        String id = window(LEDGER, TARGET, 5, 15).jobId();
        assertEquals("phase-ledger-" + LEDGER + "-phase_completions-" + HASH + "-5-15-1", id);
        assertEquals(id, window(LEDGER, TARGET, 5, 15).jobId());
    }

    @Test
    void ledgerTableAndWindowTellJobsApart() {
        String id = window(LEDGER, TARGET, 5, 15).jobId();
        assertNotEquals(
                id,
                window("0198f1a05c3e7a3b9a630c4a4d1c2b11-ffffffff", TARGET, 5, 15)
                        .jobId());
        assertNotEquals(id, window(LEDGER, TARGET, 5, 16).jobId());
        assertNotEquals(id, window(LEDGER, TARGET, 4, 15).jobId());
        assertNotEquals(
                id,
                window(LEDGER, new Target("nba-props", "other", "phase_completions"), 5, 15)
                        .jobId());
        assertNotEquals(
                window(LEDGER, new Target("p", "d", "a b"), 5, 15).jobId(),
                window(LEDGER, new Target("p", "d", "a_b"), 5, 15).jobId());
        assertNotEquals(
                id,
                window(LEDGER, new Target("nba-props", "nba_orchestration", "copy"), 5, 15)
                        .jobId());
    }

    @Test
    void onlyTheAttemptRises() {
        LoadJob third = window(LEDGER, TARGET, 5, 15).next(UUID.randomUUID()).next(UUID.randomUUID());
        assertEquals("phase-ledger-" + LEDGER + "-phase_completions-" + HASH + "-5-15-3", third.jobId());
        assertEquals(3, third.attempt());
        assertEquals(List.of(5L, 15L, 10L), List.of(third.after(), third.until(), third.rows()));
        assertFalse(third.isSubmitted());
    }

    @Test
    void eachRepairIsOneOfItsOwn() {
        LoadJob repair = LoadJob.repair(UUID.randomUUID(), LEDGER, TARGET, List.of(7L, 9L), 15);
        assertFalse(repair.isWindow());
        assertEquals(2, repair.rows());
        assertNotEquals(
                repair.jobId(),
                LoadJob.repair(UUID.randomUUID(), LEDGER, TARGET, List.of(7L, 9L), 15)
                        .jobId());
        assertEquals(repair.positions(), repair.next(UUID.randomUUID()).positions());
    }

    /** Ids of jobs: letters, digits, dashes and underscores, at most 1,024 (the API's reference of jobs). */
    @Test
    void idsAreWhatBigQueryTakes() {
        String longest = "täble with spaces ".repeat(56);
        String id = window(LEDGER, new Target("p", "d", longest), Long.MAX_VALUE - 1, Long.MAX_VALUE)
                .jobId();
        assertTrue(id.matches("[A-Za-z0-9_-]{1,1024}"), id);
    }
}

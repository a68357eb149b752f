package io.phaseledger.gate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No look at the ledger depends on what PostgreSQL knows or guesses of its tables: it touches as few pages with one run of
 * each processor as with hundreds, for one date as for a season, before the tables are analysed and afterwards.
 * {@code -Dplans.reruns=10000} has it shown for that many runs too.
 */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class RerunPlanTest {

    private static final int SEASON = 235;
    private static final int MORE = Integer.getInteger("plans.reruns", 0);
    private static final LocalDate FIRST = LocalDate.of(2025, 10, 1);

    /** Twelve descents of an index, at most four pages deep, the rows that they find, and what may retract each. */
    private static final int BUFFERS_PER_CELL = 70;

    /** The ends of the tables that take positions. */
    private static final int BUFFERS_OF_HEAD = 40;

    private static final String ROWS = """
            INSERT INTO nba_orchestration.phase_completions
                (phase, game_date, processor_name, status, record_count, completed_at, is_incremental,
                 entities_changed, inserted_at, position, id, kind, reported_phase, reported_name, is_backfill,
                 identity_key, content_hash, recorded_by, prev_hash, row_hash)
            SELECT 'phase4', date '%1$s' + day, 'p' || processor,
                   CASE WHEN (run + processor) %% 10 = 0 THEN 'failed' ELSE 'success' END, 50, at, false,
                   '{}', at, position, lpad(to_hex(position), 32, '0')::uuid, 'completion', 'phase4', 'p', false,
                   hash, hash, 'anonymous', hash, hash
            FROM (
                SELECT day, run, processor, row_number() OVER (ORDER BY day, run, processor) AS position,
                       timestamptz '%1$sT00:00Z' + day * interval '1 day' + run * interval '5 s'
                           + processor * interval '1 ms' AS at
                FROM generate_series(0, %2$d - 1) AS day, generate_series(1, %3$d) AS run,
                     generate_series(1, 2) AS processor
            ) AS run, decode(lpad(to_hex(position), 64, '0'), 'hex') AS hash
            """;

    static Stream<Arguments> ledgers() {
        return IntStream.of(1, 50, 500, MORE)
                .filter(runs -> runs > 0)
                .boxed()
                .flatMap(runs -> Stream.of(Arguments.of(runs, 1), Arguments.of(runs, SEASON)));
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void aLookTouchesAFewPagesForEachCell(int runs, int dates, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        try (Connection connection = ledger.connectTo("reruns_" + runs + "_" + dates);
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute("ALTER TABLE nba_orchestration.phase_completions SET (autovacuum_enabled = false)");
            assertAllLooksAreCheap(connection, 1); // The plans for an empty table are kept while it fills.
            statement.execute(ROWS.formatted(FIRST, dates, runs));
            assertAllLooksAreCheap(connection, dates);
            statement.execute("ANALYZE");
            assertAllLooksAreCheap(connection, dates);
        }
    }

    /** A question, one as of the middle of the runs, the same up to a position, and a matrix or what is watched. */
    private static void assertAllLooksAreCheap(Connection connection, int dates)
            throws SQLException, JsonProcessingException {
        LocalDate last = FIRST.plusDays(dates - 1);
        for (Plan.For planned : Plan.For.values()) {
            assertCheap(connection, planned, List.of(last), null, null);
            assertCheap(connection, planned, List.of(last), last + "T00:20:00Z", null);
            assertCheap(connection, planned, List.of(FIRST), null, "500");
            assertCheap(connection, planned, FIRST.datesUntil(last.plusDays(1)).toList(), null, null);
        }
    }

    private static void assertCheap(
            Connection connection,
            Plan.For planned,
            List<LocalDate> dates,
            @Nullable String asOf,
            @Nullable String position)
            throws SQLException, JsonProcessingException {
        int cells = 2 * dates.size();
        Plan plan = Plan.of(
                connection,
                planned,
                EvidenceTable.LOOK,
                array(dates.stream().flatMap(date -> Stream.of(date, date))),
                array(Stream.generate(() -> "phase4").limit(cells)),
                array(dates.stream().flatMap(date -> Stream.of("p1", "p2"))),
                asOf,
                position);
        assertTrue(plan.rows() >= 1);
        plan.assertTouchesAtMost(BUFFERS_OF_HEAD + cells * BUFFERS_PER_CELL);
    }

    private static String array(Stream<?> values) {
        return values.map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}

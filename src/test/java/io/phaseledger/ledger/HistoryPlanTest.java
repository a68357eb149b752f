package io.phaseledger.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.phaseledger.BigLedger;
import io.phaseledger.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of a million rows costs what the page costs, wherever it is, whether or not the table has been analysed. */
@Tag("proof")
@ExtendWith(BigLedger.Shared.class)
class HistoryPlanTest {

    /** Of 100 rows, one each for the index, the row and what may retract it, some that a filter passes over, descents. */
    private static final int BUFFERS = 600;

    private static final String MIDDLE = BigLedger.MIDDLE;
    private static final String END = Integer.toString(BigLedger.LAST);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kind=all               | ASC  | 100
            kind=all               | DESC | 100
            kind=completion        | ASC  | 100
            kind=completion        | DESC | 100
            kind=retraction        | DESC | 0
            processor_name=p3      | DESC | 100
            processor_name=nobody  | DESC | 0
            game_date=2026-02-01   | ASC  | 100
            game_date=2031-01-01   | DESC | 0
            correlation_id=nothing | DESC | 0
            execution_id=nothing   | DESC | 0
            """)
    void aPageTouchesLittleMoreThanItsRows(String filter, HistoryTable.Order order, int rows, BigLedger ledger)
            throws SQLException, JsonProcessingException {
        Conditions conditions = selection(filter).conditions(new NoNames());
        boolean rising = order == HistoryTable.Order.ASC;
        List<String> place =
                List.of(rising ? MIDDLE : "0", rising ? END : MIDDLE, "100", END, Integer.toString(4 << 20));
        String[] values = Stream.concat(conditions.values().stream().map(Object::toString), place.stream())
                .toArray(String[]::new);
        String sql = HistoryTable.PAGE.formatted(conditions.sql(), order.name());
        try (Connection connection = ledger.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (conditions.areInOrder()) {
                statement.execute(HistoryTable.WALK_INDEX);
            }
            for (boolean isAnalysed : new boolean[] {false, true}) {
                if (isAnalysed) {
                    statement.execute("ANALYZE nba_orchestration.phase_completions");
                }
                Plan plan = Plan.of(connection, Plan.For.VALUES, sql, values);
                assertEquals(rows, plan.rows());
                plan.assertTouchesAtMost(BUFFERS);
            }
            connection.rollback();
        }
    }

    @SuppressWarnings("NullAway") // Of a class file it does not see that a nested type may be null.
    private static Selection selection(String filter) {
        String value = filter.substring(filter.indexOf('=') + 1);
        String status = given(filter, "status", value);
        String kind = given(filter, "kind", value);
        String date = given(filter, "game_date", value);
        return new Selection(
                given(filter, "phase", value),
                given(filter, "processor_name", value),
                status == null ? null : Selection.RowStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                kind == null ? null : Conditions.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                date == null ? null : LocalDate.parse(date),
                null,
                null,
                null,
                null,
                given(filter, "correlation_id", value),
                given(filter, "execution_id", value));
    }

    private static @Nullable String given(String filter, String name, String value) {
        return filter.startsWith(name + "=") ? value : null;
    }

    private static final class NoNames implements Names.Known {
        @Override
        public String phase(String reported) {
            return reported;
        }

        @Override
        public String processor(String reported) {
            return reported;
        }

        @Override
        public boolean isAwaited(String phase, String processor) {
            return false;
        }

        @Override
        public Optional<String> nearest(String phase, String processor) {
            return Optional.empty();
        }
    }
}

package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was recorded under a name before that name stood for another. Rows never change, so it stays; here it is counted, and
 * said again.
 *
 * <p>A column is {@code phase} or {@code processor_name}. Rows that were retracted do not count.
 */
@ApplicationScoped
public class Renaming {

    private static final String DATES = """
            SELECT game_date, count(*) AS rows FROM nba_orchestration.phase_completions_current
            WHERE %s = ? GROUP BY game_date
            """;

    /** Those that evidence is made of: the rule looks for the newest of each status, full and incremental. */
    private static final String NEWEST = """
            SELECT DISTINCT ON (phase, processor_name, status, is_incremental) c.*, NULL::uuid AS retracted_by
            FROM nba_orchestration.phase_completions_current c
            WHERE game_date = ? AND %s = ?
            ORDER BY phase, processor_name, status, is_incremental, completed_at DESC, position DESC
            """;

    private final Statements statements;
    private final Submissions submissions;
    private final Writer writer;

    Renaming(Statements statements, Submissions submissions, Writer writer) {
        this.statements = statements;
        this.submissions = submissions;
        this.writer = writer;
    }

    /** How many rows each date has under a name; a date that is absent has none. */
    public SortedMap<LocalDate, Long> rows(String column, String name) {
        return statements
                .list(
                        DATES.formatted(column),
                        row -> new Date(row.getObject("game_date", LocalDate.class), row.getLong("rows")),
                        name)
                .stream()
                .collect(Collectors.toMap(Date::date, Date::rows, Math::addExact, TreeMap::new));
    }

    /**
     * Records the newest row of each status of a date again, under the names that its own stand for now, each with its own
     * {@code completed_at}. What was said again before stays as it is.
     *
     * @return how many rows were added
     * @throws io.phaseledger.http.Problem 503 when nothing can be said: they may be recorded or not; ask again
     */
    public long restate(String column, String name, String target, LocalDate date) {
        List<Submission> again = statements.list(NEWEST.formatted(column), CompletionRow::read, date, name).stream()
                .sorted(Comparator.comparingLong(row -> row.position))
                .map(row -> submissions.again(row, target))
                .toList();
        return writer.receipts(again, false).stream().filter(Receipt::isNew).count();
    }

    private record Date(LocalDate date, long rows) {}
}

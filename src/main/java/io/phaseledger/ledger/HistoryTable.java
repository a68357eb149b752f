package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;

/** Reads the table of completions in position order, a page at a time, each a short statement of its own. */
@ApplicationScoped
class HistoryTable {

    /**
     * The innermost query finds one row more than the page has, which tells whether it is the last; the one around it
     * ends the page early where its rows are large.
     */
    static final String PAGE = """
            SELECT c.*, r.id AS retracted_by
            FROM (
                SELECT found.*, count(*) OVER () AS in_all,
                       sum(bytes) OVER (ORDER BY position %2$s) - bytes AS bytes_before
                FROM (
                    SELECT *, coalesce(octet_length(cast(metadata AS text)), 0)
                              + octet_length(cast(entities_changed AS text)) AS bytes
                    FROM nba_orchestration.phase_completions
                    WHERE %1$s AND position > ? AND position <= ?
                    ORDER BY position %2$s LIMIT ?
                ) found
            ) c
            LEFT JOIN nba_orchestration.phase_completions r ON r.retracts = c.id AND r.position <= ?
            WHERE bytes_before < ?
            ORDER BY c.position %2$s""";

    /**
     * Where no one has analysed the table yet, PostgreSQL takes a processor of fifty thousand rows for one of
     * twenty-five, and would gather and sort them all for each page instead of walking the index that has them in order.
     */
    static final String WALK_INDEX = "SET LOCAL enable_bitmapscan = off";

    private final Statements statements;
    private final HistoryConfig config;

    HistoryTable(Statements statements, HistoryConfig config) {
        this.statements = statements;
        this.config = config;
    }

    /**
     * The rows of a selection that come next after a place in its order, as if the ledger ended at a position: what was
     * recorded later is not in them, and what was retracted later is not yet retracted.
     */
    @Transactional
    Page page(Conditions conditions, long head, Place place, int limit) {
        if (conditions.areInOrder()) {
            statements.run(WALK_INDEX, PreparedStatement::execute);
        }
        List<Object> values = new ArrayList<>(conditions.values());
        values.addAll(List.of(place.after(), place.until(head), limit + 1, head, config.pageBytes()));
        List<Counted> found = statements.list(
                PAGE.formatted(conditions.sql(), place.order().name()),
                row -> new Counted(CompletionView.of(CompletionRow.read(row), null), row.getLong("in_all")),
                values.toArray());
        List<CompletionView> rows =
                found.stream().limit(limit).map(Counted::row).toList();
        return new Page(rows, found.isEmpty() || found.get(0).inAll() == rows.size());
    }

    private record Counted(CompletionView row, long inAll) {}

    /**
     * Some of the rows of a selection.
     *
     * @param isLast whether there is nothing after them
     */
    record Page(List<CompletionView> rows, boolean isLast) {

        CompletionView lastRow() {
            return rows.get(rows.size() - 1);
        }
    }

    /** Which way the positions go. */
    enum Order {
        ASC,
        DESC
    }

    /**
     * A place in the order of positions.
     *
     * @param position of the row before it
     */
    record Place(Order order, long position) {

        static Place start(Order order) {
            return new Place(order, order == Order.ASC ? 0 : Long.MAX_VALUE);
        }

        Place after(CompletionView last) {
            return new Place(order, last.position());
        }

        /** The rows that come next have positions above this. */
        long after() {
            return order == Order.ASC ? position : 0;
        }

        /** And not above this. */
        long until(long head) {
            return order == Order.ASC ? head : Math.min(position - 1, head);
        }
    }
}

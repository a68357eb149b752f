package io.phaseledger.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

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
                    WHERE %1$s AND position > :after AND position <= :until
                    ORDER BY position %2$s LIMIT :limit
                ) found
            ) c
            LEFT JOIN nba_orchestration.phase_completions r ON r.retracts = c.id AND r.position <= :head
            WHERE bytes_before < :page_bytes
            ORDER BY c.position %2$s""";

    /**
     * Where nobody has analysed the table yet, PostgreSQL takes a processor of fifty thousand rows for one of
     * twenty-five, and would gather and sort them all for each page instead of walking the index that has them in order.
     */
    static final String WALK_INDEX = "SET LOCAL enable_bitmapscan = off";

    private final EntityManager entities;
    private final HistoryConfig config;

    HistoryTable(EntityManager entities, HistoryConfig config) {
        this.entities = entities;
        this.config = config;
    }

    /**
     * The rows of a selection that come next after a place in its order, as if the ledger ended at a position: what was
     * recorded later is not in them, and what was retracted later is not yet retracted.
     */
    @Transactional
    Page page(Conditions conditions, long head, Place place, int limit) {
        Session session = entities.unwrap(Session.class);
        if (conditions.areInOrder()) {
            session.createNativeMutationQuery(WALK_INDEX).executeUpdate();
        }
        NativeQuery<Tuple> query = session.createNativeQuery(
                        PAGE.formatted(conditions.sql(), place.order().name()), Tuple.class)
                .addEntity("c", CompletionRow.class)
                .addScalar("retracted_by", UUID.class)
                .addScalar("in_all", Integer.class);
        conditions.values().forEach(query::setParameter);
        query.setParameter("head", head)
                .setParameter("after", place.after())
                .setParameter("until", place.until(head))
                .setParameter("limit", limit + 1)
                .setParameter("page_bytes", config.pageBytes());
        List<Tuple> found = query.setReadOnly(true).getResultList();
        List<CompletionView> rows =
                found.stream().limit(limit).map(HistoryTable::view).toList();
        session.clear();
        return new Page(rows, found.isEmpty() || found.get(0).get("in_all", Integer.class) == rows.size());
    }

    private static CompletionView view(Tuple found) {
        return CompletionView.of(found.get("c", CompletionRow.class), found.get("retracted_by", UUID.class), null);
    }

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

package io.phaseledger.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** Reads the table of completions in position order, a page at a time, each a short statement of its own. */
@ApplicationScoped
class HistoryTable {

    private final EntityManager entities;
    private final CompletionTable table;

    HistoryTable(EntityManager entities, CompletionTable table) {
        this.entities = entities;
        this.table = table;
    }

    /** At most so many rows of a selection that come after a place in its order. */
    @Transactional
    List<CompletionView> page(Selection.Conditions conditions, Place after, int limit) {
        Session session = entities.unwrap(Session.class);
        String sql = "SELECT * FROM nba_orchestration.phase_completions WHERE "
                + String.join(" AND ", conditions.sql(), after.sql())
                + " ORDER BY position " + after.order().name() + " LIMIT :limit";
        NativeQuery<CompletionRow> query = session.createNativeQuery(sql, CompletionRow.class);
        conditions.values().forEach(query::setParameter);
        query.setParameter("position", after.position()).setParameter("limit", limit);
        List<CompletionRow> rows = query.setReadOnly(true).getResultList();
        Map<UUID, UUID> retractions = table.retractions(rows);
        List<CompletionView> views = rows.stream()
                .map(row -> CompletionView.of(row, retractions.get(row.id), null))
                .toList();
        session.clear();
        return views;
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

        String sql() {
            return order == Order.ASC ? "position > :position" : "position < :position";
        }

        Place after(CompletionView last) {
            return new Place(order, last.position());
        }
    }
}

package io.phaseledger.ingest;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/** The table of messages that were not recorded. */
@ApplicationScoped
class RejectionTable implements PanacheRepositoryBase<RejectionRow, UUID> {

    /** How many bytes of bodies one page holds; a message of Pub/Sub's may have ten million. */
    private static final long PAGE_BYTES = 8L << 20;

    /** Another delivery of the same message that comes at the same moment waits here, and then finds the row. */
    private static final String INSERT = """
            INSERT INTO nba_orchestration.ingest_rejections
                (id, source, message_id, subscription, body, code, detail, errors, received_at, received_by)
            VALUES (:id, :source, :message, :subscription, :body, :code, :detail, cast(:errors AS json), :at, :by)
            ON CONFLICT (source, message_id) DO NOTHING""";

    /** The inner query finds one row more than the page has; the outer one ends the page early where bodies are large. */
    private static final String PAGE = """
            SELECT p.*
            FROM (
                SELECT found.*, count(*) OVER () AS in_all,
                       sum(octet_length(body)) OVER (ORDER BY id DESC) - octet_length(body) AS bytes_before
                FROM (
                    SELECT * FROM nba_orchestration.ingest_rejections
                    WHERE id < :before AND source = ANY (:sources) AND completion_id IS %s
                    ORDER BY id DESC LIMIT :limit
                ) found
            ) p
            WHERE bytes_before < :page_bytes
            ORDER BY id DESC""";

    /** False if that message is kept already. */
    boolean insertUnlessThere(RejectionRow row) {
        return getSession()
                        .createNativeMutationQuery(INSERT)
                        .setParameter("id", row.id)
                        .setParameter("source", row.source)
                        .setParameter("message", row.messageId)
                        .setParameter("subscription", row.subscription, String.class)
                        .setParameter("body", row.body)
                        .setParameter("code", row.code)
                        .setParameter("detail", row.detail)
                        .setParameter("errors", row.errors)
                        .setParameter("at", row.receivedAt)
                        .setParameter("by", row.receivedBy)
                        .executeUpdate()
                > 0;
    }

    /** The id under which a message is kept that is. */
    UUID of(String source, String messageId) {
        return find("source = ?1 and messageId = ?2", source, messageId).singleResult().id;
    }

    /**
     * Those that come next after one, newest first.
     *
     * @param resolved whether those are meant that have become rows of the ledger, or those that have not
     */
    @Transactional
    Found page(UUID before, String[] sources, boolean resolved, int limit) {
        NativeQuery<Tuple> query = getSession()
                .createNativeQuery(PAGE.formatted(resolved ? "NOT NULL" : "NULL"), Tuple.class)
                .addEntity("p", RejectionRow.class)
                .addScalar("in_all", Integer.class);
        List<Tuple> found = query.setParameter("before", before)
                .setParameter("sources", sources)
                .setParameter("limit", limit + 1)
                .setParameter("page_bytes", PAGE_BYTES)
                .setReadOnly(true)
                .getResultList();
        List<RejectionRow> rows = found.stream()
                .limit(limit)
                .map(each -> each.get("p", RejectionRow.class))
                .toList();
        return new Found(rows, found.isEmpty() || found.get(0).get("in_all", Integer.class) == rows.size());
    }

    /**
     * Some of them.
     *
     * @param isLast whether there is nothing after them
     */
    record Found(List<RejectionRow> rows, boolean isLast) {}
}

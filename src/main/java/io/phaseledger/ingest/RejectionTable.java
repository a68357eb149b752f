package io.phaseledger.ingest;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of messages that were not recorded. */
@ApplicationScoped
class RejectionTable {

    /** How many bytes of bodies one page holds; a message of Pub/Sub's may have ten million. */
    private static final long PAGE_BYTES = 8L << 20;

    /** Another delivery of the same message that comes at the same moment waits here, and then finds the row. */
    private static final String INSERT = """
            INSERT INTO nba_orchestration.ingest_rejections
                (id, source, message_id, subscription, body, code, detail, errors, received_at, received_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?)
            ON CONFLICT (source, message_id) DO NOTHING""";

    /** The inner query finds one row more than the page has; the outer one ends the page early where bodies are large. */
    private static final String PAGE = """
            SELECT p.*
            FROM (
                SELECT found.*, count(*) OVER () AS in_all,
                       sum(octet_length(body)) OVER (ORDER BY id DESC) - octet_length(body) AS bytes_before
                FROM (
                    SELECT * FROM nba_orchestration.ingest_rejections
                    WHERE id < ? AND source = ANY (?) AND completion_id IS %s
                    ORDER BY id DESC LIMIT ?
                ) found
            ) p
            WHERE bytes_before < ?
            ORDER BY id DESC""";

    private static final String BY_ID = "SELECT * FROM nba_orchestration.ingest_rejections WHERE id = ?";

    private static final String ID_OF =
            "SELECT id FROM nba_orchestration.ingest_rejections WHERE source = ? AND message_id = ?";

    private static final String NOTE = """
            UPDATE nba_orchestration.ingest_rejections
            SET retried_at = clock_timestamp(), retried_by = ?, retry_outcome = ?, retry_detail = ?, completion_id = ?
            WHERE id = ? AND completion_id IS NULL""";

    private final Statements statements;

    RejectionTable(Statements statements) {
        this.statements = statements;
    }

    /** False if that message is kept already. */
    boolean insertUnlessThere(RejectionRow row) {
        return statements.update(
                        INSERT,
                        row.id,
                        row.source,
                        row.messageId,
                        row.subscription,
                        row.body,
                        row.code,
                        row.detail,
                        row.errors,
                        row.receivedAt,
                        row.receivedBy)
                > 0;
    }

    /** The id under which a message is kept that is. */
    UUID of(String source, String messageId) {
        return statements
                .first(ID_OF, row -> row.getObject("id", UUID.class), source, messageId)
                .orElseThrow();
    }

    Optional<RejectionRow> find(UUID id) {
        return statements.first(BY_ID, RejectionRow::read, id);
    }

    /** Notes what became of another try, unless one has made a row of the ledger of it. */
    void note(UUID id, String by, String outcome, @Nullable String detail, @Nullable UUID completion) {
        statements.update(NOTE, by, outcome, detail, completion, id);
    }

    /**
     * Those that come next after one, newest first.
     *
     * @param resolved whether those are meant that have become rows of the ledger, or those that have not
     */
    Found page(UUID before, String[] sources, boolean resolved, int limit) {
        return statements.run(PAGE.formatted(resolved ? "NOT NULL" : "NULL"), select -> {
            Statements.bind(select, before, sources, limit + 1, PAGE_BYTES);
            List<RejectionRow> rows = new ArrayList<>();
            long inAll = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && rows.size() < limit) {
                    rows.add(RejectionRow.read(row));
                    inAll = row.getLong("in_all");
                }
            }
            return new Found(rows, inAll == rows.size());
        });
    }

    /**
     * Some of them.
     *
     * @param isLast whether there is nothing after them
     */
    record Found(List<RejectionRow> rows, boolean isLast) {}
}

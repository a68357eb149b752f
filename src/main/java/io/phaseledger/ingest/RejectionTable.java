package io.phaseledger.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.access.Caller;
import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.http.Json;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The messages that were not recorded, each kept once, with what becomes of it. */
@ApplicationScoped
class RejectionTable {

    private static final Logger LOG = Logger.getLogger(RejectionTable.class);

    /** How many bytes of bodies one page holds; a message of Pub/Sub's may have ten million. */
    private static final long PAGE_BYTES = 8L << 20;

    /** Another delivery of the same message that comes at the same moment waits here, and then finds the row. */
    private static final String INSERT = """
            INSERT INTO nba_orchestration.ingest_rejections
                (id, source, message_id, subscription, body, code, detail, errors, received_at, received_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, cast(? AS json), clock_timestamp(), ?)
            ON CONFLICT (source, message_id) DO NOTHING""";

    private static final String KEPT =
            "SELECT id FROM nba_orchestration.ingest_rejections WHERE source = ? AND message_id = ?";

    private static final String BY_ID = "SELECT * FROM nba_orchestration.ingest_kept WHERE id = ?";

    private static final String DISMISS_EVENT = """
            UPDATE nba_orchestration.run_events SET dismissed_at = clock_timestamp(), dismissed_by = ?
            WHERE id = ? AND outcome IN ('held', 'rejected') AND dismissed_at IS NULL""";

    private static final String DISMISS = """
            UPDATE nba_orchestration.ingest_rejections SET dismissed_at = clock_timestamp(), dismissed_by = ?
            WHERE id = ? AND completion_id IS NULL AND dismissed_at IS NULL""";

    private static final String RETRIED = """
            UPDATE nba_orchestration.ingest_rejections
            SET retried_at = clock_timestamp(), retried_by = ?, retry_outcome = ?, retry_detail = ?, completion_id = ?
            WHERE id = ? AND completion_id IS NULL""";

    /** The inner query finds one row more than the page has; the outer one ends the page early where bodies are large. */
    private static final String PAGE = """
            SELECT p.*
            FROM (
                SELECT found.*, count(*) OVER () AS in_all,
                       sum(octet_length(body)) OVER (ORDER BY id DESC) - octet_length(body) AS bytes_before
                FROM (
                    SELECT * FROM nba_orchestration.ingest_kept
                    WHERE id < ? AND source = ANY (?) AND outcome = ANY (?) AND completion_id IS %s
                      AND dismissed_at IS NULL AND outcome IN ('held', 'rejected')
                    ORDER BY id DESC LIMIT ?
                ) found
            ) p
            WHERE bytes_before < ?
            ORDER BY id DESC""";

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;
    private final Json json;
    private final Caller caller;
    private final IngestMetrics metrics;
    private final Hourly hourly;

    RejectionTable(Statements statements, Json json, Caller caller, IngestMetrics metrics, Hourly hourly) {
        this.hourly = hourly;
        this.statements = statements;
        this.json = json;
        this.caller = caller;
        this.metrics = metrics;
    }

    /** The id under which a message is kept, by this delivery of it or by one before, with the reason of that one. */
    UUID keep(Received message, Problem why) {
        UUID id = ids.generate();
        String source = EnumNames.of(message.door());
        String detail = storable(why.detail());
        int added = statements.update(
                INSERT,
                id,
                source,
                message.messageId(),
                message.subscription(),
                json.text(message.tree()),
                why.code(),
                detail,
                new String(json.bytes(why.errors()), UTF_8),
                caller.principal().name());
        if (added == 0) {
            return statements
                    .first(KEPT, row -> row.getObject("id", UUID.class), source, message.messageId())
                    .orElseThrow();
        }
        tell(message, IngestOutcome.Kind.REJECTED, why);
        return id;
    }

    /** Counts a message that is kept and not recorded, and logs the first in an hour of those with one reason. */
    void tell(Received message, IngestOutcome.Kind kind, Problem why) {
        metrics.kept(message.door(), kind, why.code());
        if (hourly.isFirst(message.door() + " " + why.code())) {
            LOG.warnf(
                    "A message of %s is %s, and others like it in this hour are not logged: %s: %s",
                    EnumNames.of(message.door()), EnumNames.of(kind), why.code(), storable(why.detail()));
        }
    }

    Optional<RejectionView> byId(UUID id) {
        return statements.first(BY_ID, RejectionView::read, id);
    }

    /** Notes what became of another try; one that was resolved meanwhile stays as it is. */
    void retried(UUID id, IngestOutcome outcome) {
        Problem why = outcome.reason();
        statements.update(
                RETRIED,
                caller.principal().name(),
                why == null ? EnumNames.of(outcome.kind()) : why.code(),
                why == null ? null : storable(why.detail()),
                outcome.completion(),
                id);
    }

    /** Is not to be listed any more, nor read again by itself; one that was recorded meanwhile stays as it is. */
    void dismiss(UUID id) {
        String by = caller.principal().name();
        int dismissed = statements.update(DISMISS, by, id);
        if (dismissed == 0) {
            statements.update(DISMISS_EVENT, by, id);
        }
    }

    /**
     * Those that come next after one, newest first.
     *
     * @param resolved whether those are meant that have become rows of the ledger, or those that have not
     */
    Found page(UUID before, String[] sources, String[] outcomes, boolean resolved, int limit) {
        List<Counted> found = statements.list(
                PAGE.formatted(resolved ? "NOT NULL" : "NULL"),
                row -> new Counted(RejectionView.read(row), row.getLong("in_all")),
                before,
                sources,
                outcomes,
                limit + 1,
                PAGE_BYTES);
        List<RejectionView> rows =
                found.stream().limit(limit).map(Counted::rejection).toList();
        return new Found(rows, found.isEmpty() || found.get(0).inAll() == rows.size());
    }

    /** A detail may quote what was sent, and the database keeps no U+0000. */
    private static String storable(String detail) {
        return detail.replace('\0', '\uFFFD');
    }

    private record Counted(RejectionView rejection, long inAll) {}

    /**
     * Some of them.
     *
     * @param isLast whether there is nothing after them
     */
    record Found(List<RejectionView> rows, boolean isLast) {}
}

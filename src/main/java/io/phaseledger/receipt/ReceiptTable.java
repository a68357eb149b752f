package io.phaseledger.receipt;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table of receipts. */
@ApplicationScoped
class ReceiptTable {

    /** The other instance may have stored it after this statement began, and then the second one sees it. */
    private static final int TRIES = 2;

    /** Rows that are shown for each deciding row as those that overtook it, the first ones. */
    private static final int MAX_OVERTAKING = 10;

    private static final String STORE = """
            WITH asked AS (
                SELECT coalesce((SELECT target FROM nba_orchestration.aliases
                                 WHERE kind = 'processors' AND name = reported_consumer ORDER BY revision DESC LIMIT 1),
                                reported_consumer) AS consumer,
                       sent.*
                FROM (VALUES (?, ?, CAST(? AS date), ?, CAST(? AS bigint)))
                    AS sent (reported_consumer, policy, game_date, etag, position)
            ), stored AS (
                INSERT INTO nba_orchestration.receipts
                    (id, consumer, reported_consumer, principal, policy, policy_version, game_date, etag, mode, within,
                     applies, state, reasons, data_age_seconds, completion_ids, as_of, position, row_hash, inserted_at)
                SELECT ?, consumer, reported_consumer, ?, policy, ?, game_date, etag, ?, ?, ?, ?, ?, ?, ?, ?, position,
                       nba_orchestration.ledger_hash(position), clock_timestamp()
                FROM asked
                ON CONFLICT ON CONSTRAINT receipt_once DO NOTHING
                RETURNING id
            )
            SELECT id FROM stored
            UNION ALL
            SELECT r.id FROM asked JOIN nba_orchestration.receipts r USING (policy, game_date, consumer, etag)""";

    private static final String BY_ID = "SELECT * FROM nba_orchestration.receipts WHERE id = ?";

    private static final String PAGE = "SELECT * FROM nba_orchestration.receipts WHERE %s ORDER BY id DESC LIMIT ?";

    /** What took the place of a deciding row: its retraction, or what the version that answered would have gone by instead. */
    static final String OVERTAKING = """
            SELECT r.id AS receipt, d.id AS overtakes, b.*
            FROM nba_orchestration.receipts r
            CROSS JOIN unnest(r.completion_ids) AS deciding (id)
            JOIN nba_orchestration.phase_completions d ON d.id = deciding.id
            CROSS JOIN LATERAL (
                SELECT x.id, x.position, x.kind, x.phase, x.processor_name, x.game_date, x.status, x.completed_at, x.inserted_at
                FROM nba_orchestration.phase_completions x
                WHERE x.retracts = d.id
                UNION ALL
                (SELECT n.id, n.position, n.kind, n.phase, n.processor_name, n.game_date, n.status, n.completed_at,
                        n.inserted_at
                 FROM nba_orchestration.phase_completions n
                 WHERE n.kind = 'completion' AND n.game_date = d.game_date AND n.phase = d.phase
                   AND n.processor_name = d.processor_name
                   AND n.status = ANY (ARRAY(
                       SELECT jsonb_array_elements_text(q -> 'accept')
                       FROM nba_orchestration.policy_versions v, jsonb_array_elements(v.definition -> 'requirements') AS q
                       WHERE v.name = r.policy AND v.version = r.policy_version
                         AND q ->> 'phase' = d.phase AND q ->> 'processor_name' = d.processor_name))
                   AND (n.completed_at, n.position) > (d.completed_at, d.position) AND n.position > r.position
                   AND NOT EXISTS (SELECT FROM nba_orchestration.phase_completions y WHERE y.retracts = n.id)
                 ORDER BY n.position LIMIT ?)
            ) AS b
            WHERE r.id = ANY (?)
            ORDER BY b.position""";

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;

    ReceiptTable(Statements statements) {
        this.statements = statements;
    }

    /** Stores it, unless that was done before; by one statement, or two where another instance did so meanwhile. */
    UUID store(GivenAnswer answer) {
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<UUID> id = tryToStore(answer);
            if (id.isPresent()) {
                return id.get();
            }
        }
        throw new IllegalStateException("a receipt is neither new nor there: " + answer.key());
    }

    private Optional<UUID> tryToStore(GivenAnswer answer) {
        GivenAnswer.Key key = answer.key();
        return statements.first(
                STORE,
                row -> row.getObject("id", UUID.class),
                key.consumer(),
                key.policy(),
                key.gameDate(),
                key.etag(),
                answer.position(),
                ids.generate(),
                answer.principal(),
                answer.policyVersion(),
                EnumNames.of(answer.mode()),
                answer.within() == null ? null : answer.within().toString(),
                answer.applies() == null ? null : EnumNames.of(answer.applies()),
                EnumNames.of(answer.state()),
                answer.reasons().stream().map(EnumNames::of).toArray(String[]::new),
                answer.dataAge(),
                answer.deciding().toArray(UUID[]::new),
                answer.asOf());
    }

    Optional<ReceiptView> byId(UUID id) {
        return statements.first(BY_ID, ReceiptView::read, id);
    }

    /** The newest of those that meet these conditions, each with one value. */
    List<ReceiptView> page(Map<String, Object> conditions, int limit) {
        List<Object> values = new ArrayList<>(conditions.values());
        values.add(limit);
        String where = conditions.isEmpty() ? "true" : String.join(" AND ", conditions.keySet());
        return statements.list(PAGE.formatted(where), ReceiptView::read, values.toArray());
    }

    /** What overtook each of these, the earliest first. */
    Map<UUID, List<Overtaking>> overtaking(Collection<UUID> receipts) {
        return statements.list(OVERTAKING, Overtaking::read, MAX_OVERTAKING, receipts.toArray(UUID[]::new)).stream()
                .collect(Collectors.groupingBy(Overtaking::receipt));
    }
}

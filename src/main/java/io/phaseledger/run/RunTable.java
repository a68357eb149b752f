package io.phaseledger.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import io.phaseledger.http.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of run events, of runs, and of the rows that came of them. */
@ApplicationScoped
class RunTable {

    /** "PARU" in ASCII: the number of the advisory lock under which runs are worked out, one after another. */
    static final long LOCK = 1_346_458_197L;

    private static final String TAKE_LOCK = "SELECT set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(?)";

    /** One statement: an event that is stored is never without its run being pending. */
    private static final String STORE = """
            WITH stored AS (
                INSERT INTO nba_orchestration.run_events
                    (id, namespace, run_id, event_type, event_time, content_hash, source, message_id, subscription, body,
                     facts, received_at, received_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), ?)
                ON CONFLICT ON CONSTRAINT run_event_once DO NOTHING
                RETURNING id, namespace, run_id, received_at
            )
            INSERT INTO nba_orchestration.runs AS r (namespace, run_id, pending, names, parents, groups, updated_at)
            SELECT namespace, run_id, id, ?, ?, '{}', received_at FROM stored
            ON CONFLICT ON CONSTRAINT runs_pkey
            DO UPDATE SET pending = excluded.pending, updated_at = excluded.updated_at,
                          names = ARRAY(SELECT unnest(r.names) UNION SELECT unnest(excluded.names)),
                          parents = ARRAY(SELECT unnest(r.parents) UNION SELECT unnest(excluded.parents))""";

    private static final String ALREADY = """
            SELECT id FROM nba_orchestration.run_events
            WHERE namespace = ? AND run_id = ? AND event_type = ? AND event_time = ? AND content_hash = ?""";

    private static final String PENDING = """
            SELECT namespace, run_id FROM nba_orchestration.runs
            WHERE pending IS NOT NULL ORDER BY pending LIMIT ?""";

    private static final String OUTCOME = """
            SELECT id, outcome, code, detail, completion_id FROM nba_orchestration.run_events
            WHERE id = ? AND outcome IS NOT NULL""";

    private static final String STATES = """
            SELECT r.* FROM unnest(?, ?) AS k (namespace, run_id)
            JOIN nba_orchestration.runs r USING (namespace, run_id)""";

    /** All that may take something from a run, and itself. */
    private static final String WITH_DESCENDANTS = """
            WITH RECURSIVE below AS (
                SELECT namespace, run_id, names, 0 AS depth FROM nba_orchestration.runs WHERE namespace = ? AND run_id = ?
                UNION
                SELECT r.namespace, r.run_id, r.names, b.depth + 1
                FROM below b JOIN nba_orchestration.runs r ON r.parents && b.names WHERE b.depth < ?
            )
            SELECT DISTINCT namespace, run_id FROM below""";

    private static final String ANCESTORS = """
            WITH RECURSIVE above AS (
                SELECT namespace, run_id, parents, 1 AS depth FROM nba_orchestration.runs WHERE names && ?
                UNION
                SELECT r.namespace, r.run_id, r.parents, a.depth + 1
                FROM above a JOIN nba_orchestration.runs r ON r.names && a.parents WHERE a.depth < ?
            )
            SELECT DISTINCT namespace, run_id FROM above""";

    private static final String IN_GROUPS = "SELECT namespace, run_id FROM nba_orchestration.runs WHERE groups && ?";

    private static final String EVENTS = """
            SELECT e.id, e.facts, e.received_by
            FROM unnest(?, ?) AS k (namespace, run_id)
            JOIN nba_orchestration.run_events e USING (namespace, run_id)
            WHERE e.dismissed_at IS NULL""";

    private static final String NEWEST = """
            SELECT DISTINCT namespace, run_id FROM (
                SELECT namespace, run_id FROM nba_orchestration.run_events
                WHERE dismissed_at IS NULL ORDER BY id DESC LIMIT ?
            ) e ORDER BY namespace, run_id""";

    private static final String ROWS = """
            SELECT r.*, c.status, c.completed_at,
                   EXISTS (SELECT 1 FROM nba_orchestration.phase_completions x WHERE x.retracts = c.id) AS is_retracted
            FROM nba_orchestration.run_rows r
            JOIN nba_orchestration.phase_completions c ON c.id = r.completion_id
            WHERE r.target = ANY (?)""";

    private static final String ADD_ROW = """
            INSERT INTO nba_orchestration.run_rows
                (completion_id, target, fact, content_hash, interpretation, is_withdrawn)
            VALUES (?, ?, ?, ?, ?, false)
            ON CONFLICT (completion_id) DO NOTHING""";

    private static final String WITHDRAW =
            "UPDATE nba_orchestration.run_rows SET is_withdrawn = true WHERE completion_id = ANY (?)";

    /** What was recorded once stays the first that said so, and what did not change is not written again. */
    private static final String SAVE_OUTCOMES = """
            UPDATE nba_orchestration.run_events e
            SET outcome = CASE WHEN e.outcome LIKE '%recorded' AND n.outcome LIKE '%recorded' THEN e.outcome
                               ELSE n.outcome END,
                code = n.code, detail = n.detail, completion_id = n.completion_id
            FROM unnest(?, ?, ?, ?, ?) AS n (id, outcome, code, detail, completion_id)
            WHERE e.id = n.id
              AND (replace(e.outcome, 'already_', ''), e.code, e.completion_id)
                  IS DISTINCT FROM (replace(n.outcome, 'already_', ''), n.code, n.completion_id)""";

    private static final String SAVE_GROUPS =
            "UPDATE nba_orchestration.runs SET groups = ? WHERE namespace = ? AND run_id = ?";

    private static final String DONE = """
            UPDATE nba_orchestration.runs SET pending = NULL, restate = NULL
            WHERE namespace = ? AND run_id = ? AND pending = ?""";

    private static final String AGAIN = """
            UPDATE nba_orchestration.runs r SET pending = coalesce(r.pending, ?)
            FROM nba_orchestration.run_events e
            WHERE e.id = ? AND r.namespace = e.namespace AND r.run_id = e.run_id
            RETURNING r.namespace, r.run_id""";

    private static final String ALL_AGAIN = "UPDATE nba_orchestration.runs SET pending = ?, restate = ?";

    /** Those of whose events something else may come: they are held, rejected, or tell of a part. */
    private static final String UNSURE_AGAIN = """
            UPDATE nba_orchestration.runs SET pending = ?
            WHERE pending IS NULL AND (namespace, run_id) IN (
                SELECT namespace, run_id FROM nba_orchestration.run_events
                WHERE code IS NOT NULL AND code LIKE ? AND code NOT LIKE ? AND dismissed_at IS NULL)""";

    /**
     * A run goes when it is old, has ended or is held, no run is left that may take something from it, and all
     * the parts that it was among are as old.
     */
    private static final String EXPIRE_RUNS = """
            WITH old AS (
                SELECT o.namespace, o.run_id
                FROM nba_orchestration.runs o
                WHERE o.updated_at < ?
                  AND EXISTS (SELECT 1 FROM nba_orchestration.run_events e
                              WHERE e.namespace = o.namespace AND e.run_id = o.run_id
                                AND (e.event_type IN ('COMPLETE', 'ABORT', 'FAIL') OR e.outcome IN ('held', 'rejected')))
                  AND NOT EXISTS (SELECT 1 FROM nba_orchestration.runs c WHERE c.parents && o.names)
                  AND NOT EXISTS (SELECT 1 FROM nba_orchestration.runs g WHERE g.groups && o.groups AND g.updated_at >= ?)
                LIMIT 1000
            ), rows AS (
                DELETE FROM nba_orchestration.run_rows r USING old
                WHERE r.target = 'run' || chr(10) || old.namespace || chr(10) || old.run_id
            ), events AS (
                DELETE FROM nba_orchestration.run_events e USING old
                WHERE e.namespace = old.namespace AND e.run_id = old.run_id
            )
            DELETE FROM nba_orchestration.runs r USING old
            WHERE r.namespace = old.namespace AND r.run_id = old.run_id""";

    private static final String EXPIRE_REJECTIONS =
            "DELETE FROM nba_orchestration.ingest_rejections WHERE received_at < ? AND completion_id IS NULL";

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final Statements statements;
    private final Json json;

    RunTable(Statements statements, Json json) {
        this.statements = statements;
        this.json = json;
    }

    UUID newId() {
        return ids.generate();
    }

    /** Until the caller's transaction ends, no other run is worked out. */
    void lock() {
        statements.run(TAKE_LOCK, lock -> {
            lock.setLong(1, LOCK);
            return lock.execute();
        });
    }

    /** The id under which an event is stored, by this delivery of it or by one before. */
    UUID store(RunEvent event, RunMessage message, ObjectNode facts) {
        String text = json.text(facts);
        byte[] hash = Sha256.of(text);
        Run run = new Run(event.run(), List.of(event));
        RunKey key = event.run();
        String time = facts.path("eventTime").asText();
        int added = statements.update(
                STORE,
                event.id(),
                key.namespace(),
                key.id(),
                event.type().name(),
                time,
                hash,
                message.door(),
                message.messageId(),
                message.subscription(),
                json.text(message.event()),
                text,
                event.by(),
                run.names().toArray(String[]::new),
                run.parents().toArray(String[]::new));
        return added > 0
                ? event.id()
                : statements
                        .first(
                                ALREADY,
                                RunTable::id,
                                key.namespace(),
                                key.id(),
                                event.type().name(),
                                time,
                                hash)
                        .orElseThrow();
    }

    private static UUID id(ResultSet row) throws SQLException {
        return row.getObject("id", UUID.class);
    }

    private static RunKey key(ResultSet row) throws SQLException {
        return new RunKey(row.getString("namespace"), row.getString("run_id"));
    }

    /** What became of an event; empty while that is open. */
    Optional<Outcome> outcome(UUID event) {
        return statements.first(OUTCOME, Outcome::read, event);
    }

    List<RunKey> pending(int most) {
        return statements.list(PENDING, RunTable::key, most);
    }

    Map<RunKey, State> states(Collection<RunKey> keys) {
        return statements.list(STATES, State::read, namespaces(keys), runIds(keys)).stream()
                .collect(Collectors.toMap(State::key, each -> each));
    }

    Set<RunKey> withDescendants(RunKey key) {
        return keys(WITH_DESCENDANTS, key.namespace(), key.id(), RunGraph.MOST_PARENTS);
    }

    /** Of the runs of these events: their parents, the parents of those, and so on. */
    Set<RunKey> ancestors(Collection<RunEvent> events) {
        String[] parents = events.stream()
                .flatMap(event -> new Run(event.run(), List.of(event)).parents().stream())
                .distinct()
                .toArray(String[]::new);
        return parents.length == 0 ? Set.of() : keys(ANCESTORS, parents, RunGraph.MOST_PARENTS);
    }

    Set<RunKey> inGroups(Collection<RunGroup> groups) {
        return keys(IN_GROUPS, (Object) names(groups));
    }

    private static String[] names(Collection<RunGroup> groups) {
        return groups.stream().map(RunGroup::name).toArray(String[]::new);
    }

    /** The runs of so many events that came last. */
    Set<RunKey> newest(int events) {
        return keys(NEWEST, events);
    }

    private Set<RunKey> keys(String sql, Object... values) {
        return new LinkedHashSet<>(statements.list(sql, RunTable::key, values));
    }

    /** The events of these runs; those that were dismissed are left out. */
    List<RunEvent> events(Collection<RunKey> keys) {
        return statements.list(
                EVENTS,
                row -> new EventReader(json.keptTree(row.getString("facts")), id(row), row.getString("received_by"))
                        .event(),
                namespaces(keys),
                runIds(keys));
    }

    private static Object namespaces(Collection<RunKey> keys) {
        return keys.stream().map(RunKey::namespace).toArray(String[]::new);
    }

    private static Object runIds(Collection<RunKey> keys) {
        return keys.stream().map(RunKey::id).toArray(String[]::new);
    }

    /** The rows that came of these targets. */
    List<KnownRow> rows(Collection<String> targets) {
        return statements.list(ROWS, KnownRow::read, (Object) targets.toArray(String[]::new));
    }

    void add(UUID completion, Row row, String interpretation) {
        statements.update(ADD_ROW, completion, row.target(), row.fact(), Sha256.of(row.content()), interpretation);
    }

    void withdraw(List<UUID> completions) {
        statements.update(WITHDRAW, (Object) completions.toArray(UUID[]::new));
    }

    void save(List<Outcome> outcomes) {
        statements.update(
                SAVE_OUTCOMES,
                outcomes.stream().map(Outcome::event).toArray(UUID[]::new),
                outcomes.stream().map(Outcome::outcome).toArray(String[]::new),
                outcomes.stream().map(Outcome::code).toArray(String[]::new),
                outcomes.stream().map(Outcome::detail).toArray(String[]::new),
                outcomes.stream().map(Outcome::completion).toArray(UUID[]::new));
    }

    void save(RunKey key, Collection<RunGroup> groups) {
        statements.update(SAVE_GROUPS, names(groups), key.namespace(), key.id());
    }

    /** Its rows are worked out, unless something came since. */
    void done(RunKey key, UUID pending) {
        statements.update(DONE, key.namespace(), key.id(), pending);
    }

    /** The run of an event is to be worked out again; empty where no event has the id. */
    Optional<RunKey> again(UUID event) {
        return statements.first(AGAIN, RunTable::key, newId(), event);
    }

    /** All that a policy may let be understood. */
    void heldAgain() {
        unsureAgain("%", Outcome.PART);
    }

    /** All that a source may let be understood, or be whole. */
    void unsureAgain() {
        unsureAgain("%", "");
    }

    /** All that the clock may let be understood. */
    void futureAgain() {
        unsureAgain(Held.IN_FUTURE, "");
    }

    /**
     * A run that is worked out meanwhile may be held for what was known before. The lock, which is let go of at once, waits
     * until that is written; whatever begins later knows what has changed.
     */
    private void unsureAgain(String code, String notCode) {
        lock();
        statements.update(UNSURE_AGAIN, newId(), code, notCode);
    }

    /** All of it, under this source where that is the one that matches. */
    void restate(String source) {
        statements.update(ALL_AGAIN, newId(), source);
    }

    /** Deletes some of what is older than the bound; true when there may be more. */
    boolean expire(Instant bound) {
        int runs = statements.update(EXPIRE_RUNS, bound, bound);
        int rejections = statements.update(EXPIRE_REJECTIONS, bound);
        return runs > 0 || rejections > 0;
    }

    /**
     * What became of an event.
     *
     * @param code why there is no row, or {@link #PART}; null otherwise
     */
    record Outcome(
            UUID event,
            String outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable UUID completion) {

        /** Its row tells of a part of a date. */
        static final String PART = "part_of_date";

        private static Outcome read(ResultSet row) throws SQLException {
            return new Outcome(
                    id(row),
                    row.getString("outcome"),
                    row.getString("code"),
                    row.getString("detail"),
                    row.getObject("completion_id", UUID.class));
        }
    }

    /**
     * What is known of a run beside its events.
     *
     * @param pending since which event or change its rows have not been worked out; null for none
     * @param restate the source under which all is to be said again; null for none
     */
    record State(
            RunKey key, @Nullable UUID pending, @Nullable String restate, Set<RunGroup> groups) {

        private static State read(ResultSet row) throws SQLException {
            return new State(
                    RunTable.key(row),
                    row.getObject("pending", UUID.class),
                    row.getString("restate"),
                    Arrays.stream(Statements.texts(row, "groups"))
                            .map(RunGroup::parse)
                            .collect(Collectors.toSet()));
        }
    }

    /**
     * A row that came of a run.
     *
     * @param content hash of all that it must say to stay, in hexadecimal
     * @param isWithdrawn whether it was retracted because it no longer followed
     * @param isRetracted whether it was retracted, for whatever reason
     */
    record KnownRow(
            UUID completion,
            String target,
            String fact,
            String content,
            String interpretation,
            boolean isWithdrawn,
            boolean isRetracted,
            String status,
            Instant completedAt) {

        private static KnownRow read(ResultSet row) throws SQLException {
            return new KnownRow(
                    row.getObject("completion_id", UUID.class),
                    row.getString("target"),
                    row.getString("fact"),
                    HexFormat.of().formatHex(row.getBytes("content_hash")),
                    row.getString("interpretation"),
                    row.getBoolean("is_withdrawn"),
                    row.getBoolean("is_retracted"),
                    row.getString("status"),
                    Objects.requireNonNull(Statements.instant(row, "completed_at")));
        }

        /** Whether it says this, and need not change. */
        boolean isOf(Row row) {
            return content.equals(HexFormat.of().formatHex(Sha256.of(row.content())));
        }

        /** Whether an operator took it back. */
        boolean isTakenBack() {
            return isRetracted && !isWithdrawn;
        }
    }
}

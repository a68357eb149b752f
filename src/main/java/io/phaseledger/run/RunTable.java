package io.phaseledger.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tables of run events, of runs, and of the rows that came of them. */
@ApplicationScoped
class RunTable {

    /** "PARU" in ASCII: the number of the advisory lock under which runs are worked out, one after another. */
    private static final long LOCK = 1_346_458_197L;

    private static final String TAKE_LOCK = "SELECT set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(?)";

    /** One statement: an event that is stored is never without its run being pending. */
    private static final String STORE = """
            WITH stored AS (
                INSERT INTO nba_orchestration.run_events
                    (id, namespace, run_id, event_type, event_time, content_hash, source, message_id, subscription, body,
                     said, received_at, received_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp(), ?)
                ON CONFLICT ON CONSTRAINT run_event_once DO NOTHING
                RETURNING id, namespace, run_id, received_at
            )
            INSERT INTO nba_orchestration.runs
                (namespace, run_id, pending, names, parents, units, gives, is_held, is_part, is_ended, updated_at)
            SELECT namespace, run_id, id, '{}', '{}', '{}', '', false, false, false, received_at FROM stored
            ON CONFLICT ON CONSTRAINT runs_pkey
            DO UPDATE SET pending = excluded.pending, updated_at = excluded.updated_at""";

    private static final String ALREADY = """
            SELECT id FROM nba_orchestration.run_events
            WHERE namespace = ? AND run_id = ? AND event_type = ? AND event_time = ? AND content_hash = ?""";

    private static final String RUN_OF = "SELECT namespace, run_id FROM nba_orchestration.run_events WHERE id = ?";

    private static final String PENDING = """
            SELECT namespace, run_id FROM nba_orchestration.runs
            WHERE pending IS NOT NULL ORDER BY pending LIMIT ?""";

    private static final String BECAME = """
            SELECT e.outcome, e.code, e.detail, e.completion_id, coalesce(c.metadata -> 'part' IS NOT NULL, false) AS is_part
            FROM nba_orchestration.run_events e
            LEFT JOIN nba_orchestration.phase_completions c ON c.id = e.completion_id
            WHERE e.id = ?""";

    private static final String RUN = "SELECT * FROM nba_orchestration.runs WHERE namespace = ? AND run_id = ?";

    private static final String NAMED = "SELECT namespace, run_id FROM nba_orchestration.runs WHERE names && ?";

    private static final String CHILDREN = "SELECT namespace, run_id FROM nba_orchestration.runs WHERE parents && ?";

    private static final String IN_UNITS = "SELECT namespace, run_id FROM nba_orchestration.runs WHERE units && ?";

    private static final String EVENTS = """
            SELECT e.id, e.said, e.received_by
            FROM unnest(?, ?) AS k (namespace, run_id)
            JOIN nba_orchestration.run_events e USING (namespace, run_id)
            WHERE e.dismissed_at IS NULL""";

    private static final String NEWEST = """
            SELECT DISTINCT namespace, run_id FROM (
                SELECT namespace, run_id FROM nba_orchestration.run_events
                WHERE dismissed_at IS NULL ORDER BY id DESC LIMIT ?
            ) e ORDER BY namespace, run_id""";

    private static final String BECAME_BEFORE = """
            SELECT e.id, e.outcome, e.code, e.completion_id
            FROM unnest(?, ?) AS k (namespace, run_id)
            JOIN nba_orchestration.run_events e USING (namespace, run_id)""";

    private static final String ROWS = """
            SELECT r.*, c.status, c.completed_at,
                   EXISTS (SELECT 1 FROM nba_orchestration.phase_completions x WHERE x.retracts = c.id) AS is_retracted
            FROM nba_orchestration.run_rows r
            JOIN nba_orchestration.phase_completions c ON c.id = r.completion_id
            WHERE r.unit = ANY (?)""";

    private static final String ADD_ROW = """
            INSERT INTO nba_orchestration.run_rows (completion_id, unit, fact, content_hash, terms, is_withdrawn)
            VALUES (?, ?, ?, ?, ?, false)
            ON CONFLICT (completion_id) DO NOTHING""";

    private static final String WITHDRAW =
            "UPDATE nba_orchestration.run_rows SET is_withdrawn = true WHERE completion_id = ?";

    private static final String SAVE_EVENT = """
            UPDATE nba_orchestration.run_events SET outcome = ?, code = ?, detail = ?, completion_id = ? WHERE id = ?""";

    private static final String SAVE_RUN = """
            UPDATE nba_orchestration.runs
            SET names = ?, parents = ?, units = ?, gives = ?, is_held = ?, is_part = ?, is_ended = ?, due_at = ?
            WHERE namespace = ? AND run_id = ?""";

    private static final String DONE = """
            UPDATE nba_orchestration.runs SET pending = NULL, restate = NULL WHERE namespace = ? AND run_id = ? AND pending = ?""";

    private static final String AGAIN = """
            UPDATE nba_orchestration.runs SET pending = ? WHERE namespace = ? AND run_id = ? AND pending IS NULL""";

    private static final String HELD_AGAIN =
            "UPDATE nba_orchestration.runs SET pending = ? WHERE is_held AND pending IS NULL";

    private static final String UNSURE_AGAIN =
            "UPDATE nba_orchestration.runs SET pending = ? WHERE (is_held OR is_part) AND pending IS NULL";

    private static final String ALL_AGAIN = "UPDATE nba_orchestration.runs SET pending = ?, restate = ?";

    private static final String DUE_AGAIN =
            "UPDATE nba_orchestration.runs SET pending = ? WHERE due_at <= clock_timestamp() AND pending IS NULL";

    /**
     * A run goes when it is old, has ended or is held, no run is left that may take something from it, and all
     * the parts that it was among are as old.
     */
    private static final String EXPIRE_RUNS = """
            WITH old AS (
                SELECT o.namespace, o.run_id, o.names
                FROM nba_orchestration.runs o
                WHERE o.updated_at < ? AND (o.is_ended OR o.is_held)
                  AND NOT EXISTS (SELECT 1 FROM nba_orchestration.runs c WHERE c.parents && o.names)
                  AND NOT EXISTS (SELECT 1 FROM nba_orchestration.runs u WHERE u.units && o.units AND u.updated_at >= ?)
                LIMIT 1000
            ), rows AS (
                DELETE FROM nba_orchestration.run_rows r USING old
                WHERE r.unit = 'run' || chr(10) || old.namespace || chr(10) || old.run_id
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
    UUID store(RunEvent event, RunMessage message, JsonNode said) {
        String text = json.text(said);
        byte[] hash = sha256(text);
        int added = statements.update(
                STORE,
                event.id(),
                event.run().namespace(),
                event.run().id(),
                event.type().name(),
                said.path("eventTime").asText(),
                hash,
                message.door(),
                message.messageId(),
                message.subscription(),
                json.text(message.event()),
                text,
                event.by());
        return added > 0
                ? event.id()
                : statements
                        .first(
                                ALREADY,
                                row -> row.getObject("id", UUID.class),
                                event.run().namespace(),
                                event.run().id(),
                                event.type().name(),
                                said.path("eventTime").asText(),
                                hash)
                        .orElseThrow();
    }

    /** What became of an event; empty while that is open. */
    Optional<Became> became(UUID id) {
        return statements
                .first(BECAME, Became::read, id)
                .filter(each -> !each.outcome().isEmpty());
    }

    Optional<RunKey> runOf(UUID event) {
        return statements.first(RUN_OF, RunTable::key, event);
    }

    List<RunKey> pending(int most) {
        return statements.list(PENDING, RunTable::key, most);
    }

    Optional<State> state(RunKey key) {
        return statements.first(RUN, State::read, key.namespace(), key.id());
    }

    Set<RunKey> named(Set<String> names) {
        return keys(NAMED, names);
    }

    Set<RunKey> childrenOf(Set<String> names) {
        return keys(CHILDREN, names);
    }

    Set<RunKey> inUnits(Set<String> units) {
        return keys(IN_UNITS, units);
    }

    private Set<RunKey> keys(String sql, Set<String> names) {
        return names.isEmpty()
                ? Set.of()
                : new LinkedHashSet<>(statements.list(sql, RunTable::key, (Object) names.toArray(String[]::new)));
    }

    private static RunKey key(ResultSet row) throws SQLException {
        return new RunKey(row.getString("namespace"), row.getString("run_id"));
    }

    /** The runs of so many events that came last. */
    Set<RunKey> newest(int events) {
        return new LinkedHashSet<>(statements.list(NEWEST, RunTable::key, events));
    }

    /** What was said of these runs; what was dismissed is left out. */
    List<RunEvent> events(Collection<RunKey> keys) {
        return statements.list(
                EVENTS,
                row -> EventReader.read(
                        json.keptTree(row.getString("said")),
                        row.getObject("id", UUID.class),
                        row.getString("received_by")),
                namespaces(keys),
                runIds(keys));
    }

    /** What became of the events of these runs up to now, by their ids. */
    Map<UUID, Became> becameBefore(Collection<RunKey> keys) {
        Map<UUID, Became> before = new HashMap<>();
        statements.list(
                BECAME_BEFORE,
                row -> before.put(
                        row.getObject("id", UUID.class),
                        new Became(
                                Objects.requireNonNullElse(row.getString("outcome"), ""),
                                row.getString("code"),
                                null,
                                row.getObject("completion_id", UUID.class),
                                false)),
                namespaces(keys),
                runIds(keys));
        return before;
    }

    private static Object namespaces(Collection<RunKey> keys) {
        return keys.stream().map(RunKey::namespace).toArray(String[]::new);
    }

    private static Object runIds(Collection<RunKey> keys) {
        return keys.stream().map(RunKey::id).toArray(String[]::new);
    }

    /** The rows that came of these units. */
    List<Known> rows(Set<String> units) {
        return statements.list(ROWS, Known::read, (Object) units.toArray(String[]::new));
    }

    void add(UUID completion, Row row, String terms) {
        statements.update(ADD_ROW, completion, row.unit(), row.fact(), sha256(row.content()), terms);
    }

    void withdraw(UUID completion) {
        statements.update(WITHDRAW, completion);
    }

    void save(UUID event, Became became) {
        statements.update(SAVE_EVENT, became.outcome(), became.code(), became.detail(), became.completion(), event);
    }

    void save(RunKey key, State state) {
        statements.update(
                SAVE_RUN,
                state.names().toArray(String[]::new),
                state.parents().toArray(String[]::new),
                state.units().toArray(String[]::new),
                state.gives(),
                state.isHeld(),
                state.isPart(),
                state.isEnded(),
                state.dueAt(),
                key.namespace(),
                key.id());
    }

    /** Its rows are worked out, unless something came since. */
    void done(RunKey key, UUID pending) {
        statements.update(DONE, key.namespace(), key.id(), pending);
    }

    /** It is to be worked out again. */
    void again(RunKey key) {
        statements.update(AGAIN, newId(), key.namespace(), key.id());
    }

    /** All that a policy may let be told. */
    void heldAgain() {
        statements.update(HELD_AGAIN, newId());
    }

    /** All that a source may let be told, or be whole. */
    void unsureAgain() {
        statements.update(UNSURE_AGAIN, newId());
    }

    /** All of it, under this source where that is the one that matches. */
    void restate(String source) {
        statements.update(ALL_AGAIN, newId(), source);
    }

    /** All whose time has come. */
    int dueAgain() {
        return statements.update(DUE_AGAIN, newId());
    }

    /** Deletes some of what is older than the bound; true when there may be more. */
    boolean expire(Instant bound) {
        int runs = statements.update(EXPIRE_RUNS, bound, bound);
        int rejections = statements.update(EXPIRE_REJECTIONS, bound);
        return runs > 0 || rejections > 0;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * What became of an event.
     *
     * @param outcome empty while that is open
     * @param isPart whether its row tells of a part of a date
     */
    record Became(
            String outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable UUID completion,
            boolean isPart) {

        private static Became read(ResultSet row) throws SQLException {
            return new Became(
                    Objects.requireNonNullElse(row.getString("outcome"), ""),
                    row.getString("code"),
                    row.getString("detail"),
                    row.getObject("completion_id", UUID.class),
                    row.getBoolean("is_part"));
        }

        boolean isSame(@Nullable Became before) {
            return before != null
                    && outcome.equals(before.outcome)
                    && Objects.equals(code, before.code)
                    && Objects.equals(completion, before.completion);
        }
    }

    /**
     * What is known of a run beside its events.
     *
     * @param pending since which event or change its rows have not been worked out; null for none
     * @param restate the source under which all is to be said again; null for none
     * @param isHeld whether an event of it has no row yet
     * @param isPart whether it is recorded as part of a date
     */
    record State(
            @Nullable UUID pending,
            @Nullable String restate,
            List<String> names,
            List<String> parents,
            List<String> units,
            String gives,
            boolean isHeld,
            boolean isPart,
            boolean isEnded,
            @Nullable Instant dueAt) {

        private static State read(ResultSet row) throws SQLException {
            return new State(
                    row.getObject("pending", UUID.class),
                    row.getString("restate"),
                    List.of(Statements.texts(row, "names")),
                    List.of(Statements.texts(row, "parents")),
                    List.of(Statements.texts(row, "units")),
                    row.getString("gives"),
                    row.getBoolean("is_held"),
                    row.getBoolean("is_part"),
                    row.getBoolean("is_ended"),
                    Statements.instant(row, "due_at"));
        }
    }

    /**
     * A row that came of a run.
     *
     * @param content hash of all that it must say to stay, in hexadecimal
     * @param isWithdrawn whether it was retracted because it no longer followed
     * @param isRetracted whether it was retracted, for whatever reason
     */
    record Known(
            UUID completion,
            String unit,
            String fact,
            String content,
            String terms,
            boolean isWithdrawn,
            boolean isRetracted,
            String status,
            Instant completedAt) {

        private static Known read(ResultSet row) throws SQLException {
            return new Known(
                    row.getObject("completion_id", UUID.class),
                    row.getString("unit"),
                    row.getString("fact"),
                    HexFormat.of().formatHex(row.getBytes("content_hash")),
                    row.getString("terms"),
                    row.getBoolean("is_withdrawn"),
                    row.getBoolean("is_retracted"),
                    row.getString("status"),
                    Objects.requireNonNull(Statements.instant(row, "completed_at")));
        }

        /** Whether an operator took it back. */
        boolean isTakenBack() {
            return isRetracted && !isWithdrawn;
        }
    }
}

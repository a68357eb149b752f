package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The one order that all entries of the ledger share, and the lock that keeps it gapless. */
@ApplicationScoped
public class Positions {

    /** "PALT" in ASCII: the number of the advisory lock under which positions are taken. */
    static final long APPEND_LOCK = 1_346_454_356L;

    /**
     * The bounds hold until the transaction ends; the first of them already for this wait.
     *
     * <p>Until then no table is read from end to end where there is an index. Such a plan is the best one for a ledger
     * that is still small, and PostgreSQL keeps it for a minute or more while the ledger grows: thousands of rows that
     * were looked for at once took half a minute with it. And a plan is made once, not for each array of what is looked
     * for: that would take longer than the look itself, and find the same index.
     */
    static final String LOCK = """
            SELECT set_config('lock_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('statement_timeout', ?, true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('plan_cache_mode', 'force_generic_plan', true),
                   pg_advisory_xact_lock(?)
            """;

    static final String LEARNED_AT = """
            SELECT coalesce(imported_at, inserted_at) AS learned_at
            FROM nba_orchestration.phase_completions WHERE position = ?
            UNION ALL
            SELECT inserted_at FROM nba_orchestration.policy_versions WHERE position = ?
            UNION ALL
            SELECT coalesce(imported_at, inserted_at) FROM nba_orchestration.slates WHERE position = ?
            UNION ALL
            SELECT inserted_at FROM nba_orchestration.readiness_changes WHERE position = ?
            """;

    static final String HEAD = "SELECT * FROM nba_orchestration.ledger_head";

    private static final String HEAD_VIEW = """
            SELECT position, nba_orchestration.ledger_hash(position) AS hash, learned_at
            FROM nba_orchestration.ledger_head
            """;

    private final Statements statements;
    private final LedgerConfig config;

    Positions(Statements statements, LedgerConfig config) {
        this.statements = statements;
        this.config = config;
    }

    /**
     * Refuses a position that lies beyond the end of the ledger.
     *
     * @param parameter that brought it
     * @param position null for none
     * @throws Problem 409 {@code position_unknown}
     */
    public static void checkKnown(String parameter, @Nullable Long position, long end) {
        if (position != null && position > end) {
            throw Problem.conflict(FieldError.parameter(
                            parameter, "position_unknown", "is " + position + ", and the ledger ends at " + end))
                    .with("position", end);
        }
    }

    /**
     * Refuses to answer as of an instant that is still to come.
     *
     * @param asOf null for now
     * @param error makes the error of what is wrong with it, from its code and detail
     * @throws Problem 422 {@code as_of_in_future}
     */
    public static void checkNotAhead(
            @Nullable Instant asOf, Instant now, BiFunction<String, String, FieldError> error) {
        if (asOf != null && asOf.isAfter(now)) {
            throw Problem.refused(error.apply("as_of_in_future", "is in the future; it is " + now + " now"));
        }
    }

    /** The head as it stands; it may move on at once. */
    public Head head() {
        return statements.first(HEAD, Head::read).orElseThrow();
    }

    /** The same for operators who keep it, with the ledger's hash. */
    public HeadView headView() {
        return statements
                .first(
                        HEAD_VIEW,
                        row -> new HeadView(
                                row.getLong("position"), row.getString("hash"), Head.instant(row, "learned_at")))
                .orElseThrow();
    }

    /**
     * The head, held until the caller's transaction ends: the next entry may take {@code position + 1}.
     *
     * @throws jakarta.transaction.TransactionalException when called outside a transaction
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Head lock() {
        statements.run(LOCK, lock -> {
            bindLock(lock);
            return lock.execute();
        });
        return head();
    }

    /** Gives {@link #LOCK} its bounds, which are the first parameters of this statement. */
    void bindLock(PreparedStatement lock) throws SQLException {
        Statements.bind(
                lock,
                milliseconds(config.lockTimeout()),
                milliseconds(config.holdTimeout()),
                milliseconds(config.bulkTimeout()),
                APPEND_LOCK);
    }

    private static String milliseconds(Duration bound) {
        return Long.toString(bound.toMillis());
    }

    /** When the entry at a position was learned; what is known there was learned by then. The epoch at position 0. */
    public Instant learnedAt(long position) {
        return statements
                .first(LEARNED_AT, row -> Head.instant(row, "learned_at"), position, position, position, position)
                .orElse(Instant.EPOCH);
    }
}

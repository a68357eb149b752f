package io.phaseledger.subscription;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Owes calls again, or no more, because a caller asks for it. Each method is a part of the caller's transaction. */
@ApplicationScoped
class Redelivery {

    private static final String AGAIN = """
            UPDATE nba_orchestration.deliveries
            SET status = 'pending', next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE subscription_id = ? AND status <> 'pending' AND sequence BETWEEN ? AND ?
            """;

    /** The call that was given up last, unless later ones were taken: then the caller that enabled it had gone on after it. */
    private static final String FROM = """
            UPDATE nba_orchestration.deliveries
            SET status = 'pending', next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE status = 'dead' AND id = (
                SELECT id FROM nba_orchestration.deliveries
                WHERE subscription_id = ? AND status IN ('dead', 'delivered') ORDER BY id DESC LIMIT 1)
            """;

    /** Those that were being retried begin anew: what was wrong may be mended. */
    private static final String AT_ONCE = """
            UPDATE nba_orchestration.deliveries SET next_attempt_at = clock_timestamp(), first_attempt_at = NULL, attempts = 0
            WHERE subscription_id = ? AND status = 'pending' AND attempts > 0
            """;

    private static final String SKIP = """
            UPDATE nba_orchestration.deliveries SET status = 'skipped', next_attempt_at = NULL
            WHERE subscription_id = ? AND status = 'pending'
            """;

    private final Statements statements;

    Redelivery(Statements statements) {
        this.statements = statements;
    }

    /**
     * Owes again what was owed before.
     *
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    int replay(UUID subscription, long first, long last) {
        return statements.update(AGAIN, subscription, first, last);
    }

    /** Goes on with a subscription that was disabled. */
    @Transactional(Transactional.TxType.MANDATORY)
    void resume(UUID subscription, Resume resume) {
        switch (resume) {
            case FROM -> statements.update(FROM, subscription);
            case AFTER -> {}
            case NOW -> statements.update(SKIP, subscription);
        }
        statements.update(AT_ONCE, subscription);
    }
}

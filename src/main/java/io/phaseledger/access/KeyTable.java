package io.phaseledger.access;

import io.phaseledger.database.DatabaseClock;
import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The table of keys. */
@ApplicationScoped
class KeyTable {

    /** How many of the newest are listed. */
    static final int LISTED = 1000;

    private static final String BY_ID = "SELECT * FROM nba_orchestration.api_keys WHERE id = ?";

    private static final String NEWEST =
            "SELECT * FROM nba_orchestration.api_keys ORDER BY created_at DESC, id DESC LIMIT ?";

    private static final String INSERT = """
            INSERT INTO nba_orchestration.api_keys
                (id, name, scopes, phases, processors, secret_hash, created_at, created_by, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /** Once: a key that was revoked before stays as it is. */
    private static final String REVOKE = """
            UPDATE nba_orchestration.api_keys SET revoked_at = clock_timestamp(), revoked_by = ?
            WHERE id = ? AND revoked_at IS NULL
            """;

    private final Statements statements;
    private final DatabaseClock clock;

    KeyTable(Statements statements, DatabaseClock clock) {
        this.statements = statements;
        this.clock = clock;
    }

    /** A key, and when it was looked up. */
    Optional<LookedUp> lookUp(String id) {
        long asked = System.nanoTime();
        return find(id).map(row -> new LookedUp(row, clock.now(), asked));
    }

    Optional<KeyRow> find(String id) {
        return statements.first(BY_ID, KeyRow::read, id);
    }

    List<KeyRow> newest() {
        return statements.list(NEWEST, KeyRow::read, LISTED);
    }

    void insert(KeyRow row) {
        statements.update(
                INSERT,
                row.id,
                row.name,
                row.scopes,
                row.phases,
                row.processors,
                row.secretHash,
                row.createdAt,
                row.createdBy,
                row.expiresAt);
    }

    void revoke(String id, String by) {
        statements.update(REVOKE, by, id);
    }
}

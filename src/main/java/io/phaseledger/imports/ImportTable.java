package io.phaseledger.imports;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of imports; each write is a transaction of its own. */
@ApplicationScoped
class ImportTable {

    /** How many of the newest are shown. */
    static final int SHOWN = 100;

    private static final String BEGIN = """
            INSERT INTO nba_orchestration.imports
                (id, kind, started_at, updated_at, recorded, replayed, rejected, last_line, recorded_by)
            SELECT ?, ?, now, now, 0, 0, 0, 0, ? FROM clock_timestamp() AS now
            """;

    private static final String MOVE = """
            UPDATE nba_orchestration.imports
            SET updated_at = clock_timestamp(), recorded = ?, replayed = ?, rejected = ?, last_line = ? WHERE id = ?
            """;

    private static final String END = """
            UPDATE nba_orchestration.imports SET updated_at = now, finished_at = now,
                recorded = ?, replayed = ?, rejected = ?, last_line = ?, failure = ?
            FROM clock_timestamp() AS now WHERE id = ?
            """;

    private static final String BY_ID = "SELECT * FROM nba_orchestration.imports WHERE id = ?";

    private static final String NEWEST = "SELECT * FROM nba_orchestration.imports ORDER BY id DESC LIMIT ?";

    private final Statements statements;

    ImportTable(Statements statements) {
        this.statements = statements;
    }

    @Transactional(TxType.REQUIRES_NEW)
    void begin(UUID id, String kind, String recordedBy) {
        statements.update(BEGIN, id, kind, recordedBy);
    }

    @Transactional(TxType.REQUIRES_NEW)
    void moved(UUID id, Tally.Counts counts) {
        statements.update(MOVE, counts.recorded(), counts.replayed(), counts.rejected(), counts.lastLine(), id);
    }

    @Transactional(TxType.REQUIRES_NEW)
    void ended(UUID id, Tally.Counts counts, @Nullable String failure) {
        statements.update(END, counts.recorded(), counts.replayed(), counts.rejected(), counts.lastLine(), failure, id);
    }

    Optional<ImportRow> find(UUID id) {
        return statements.first(BY_ID, ImportRow::read, id);
    }

    /** Newest first. */
    List<ImportRow> newest() {
        return statements.list(NEWEST, ImportRow::read, SHOWN);
    }
}

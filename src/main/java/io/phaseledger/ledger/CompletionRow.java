package io.phaseledger.ledger;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the ledger, a completion or a retraction; the columns are described in the migration. */
@SuppressWarnings("NullAway.Init") // Filled field by field: a constructor of so many arguments would mix them up.
final class CompletionRow {

    static final String COMPLETION = "completion";
    static final String RETRACTION = "retraction";
    static final String RETRACTED = "retracted";
    private static final String RUNNING = "running";

    long position;

    UUID id;
    String kind;

    @Nullable
    UUID retracts;

    String phase;
    LocalDate gameDate;
    String processorName;
    String status;

    @Nullable
    Long recordCount;

    @Nullable
    Long expectedCount;

    @Nullable
    String correlationId;

    @Nullable
    String executionId;

    @Nullable
    Instant startedAt;

    Instant completedAt;
    boolean isIncremental;
    boolean isBackfill;
    String[] entitiesChanged;

    @Nullable
    String metadata;

    Instant insertedAt;

    @Nullable
    Instant importedAt;

    String reportedPhase;
    String reportedName;
    byte[] identityKey;
    byte[] contentHash;
    String recordedBy;
    byte[] prevHash;
    byte[] rowHash;

    /** The retraction of this row that was known when it was read; no column. */
    @Nullable
    UUID retractedBy;

    /** The row that a query stands at, which has all columns of the table and {@code retracted_by}. */
    static CompletionRow read(ResultSet from) throws SQLException {
        CompletionRow row = new CompletionRow();
        row.position = from.getLong("position");
        row.id = from.getObject("id", UUID.class);
        row.kind = from.getString("kind");
        row.retracts = from.getObject("retracts", UUID.class);
        row.phase = from.getString("phase");
        row.gameDate = from.getObject("game_date", LocalDate.class);
        row.processorName = from.getString("processor_name");
        row.status = from.getString("status");
        row.recordCount = from.getObject("record_count", Long.class);
        row.expectedCount = from.getObject("expected_count", Long.class);
        row.correlationId = from.getString("correlation_id");
        row.executionId = from.getString("execution_id");
        row.startedAt = Statements.instant(from, "started_at");
        row.completedAt = Head.instant(from, "completed_at");
        row.isIncremental = from.getBoolean("is_incremental");
        row.isBackfill = from.getBoolean("is_backfill");
        row.entitiesChanged = Statements.texts(from, "entities_changed");
        row.metadata = from.getString("metadata");
        row.insertedAt = Head.instant(from, "inserted_at");
        row.importedAt = Statements.instant(from, "imported_at");
        row.reportedPhase = from.getString("reported_phase");
        row.reportedName = from.getString("reported_name");
        row.identityKey = from.getBytes("identity_key");
        row.contentHash = from.getBytes("content_hash");
        row.recordedBy = from.getString("recorded_by");
        row.prevHash = from.getBytes("prev_hash");
        row.rowHash = from.getBytes("row_hash");
        row.retractedBy = from.getObject("retracted_by", UUID.class);
        return row;
    }

    /** The end of the chain up to this row, over all of it and the end of the chain before it. */
    byte[] computeHash() {
        return new CanonicalForm("phase-ledger-row-1")
                .add(prevHash)
                .add(position)
                .add(id)
                .add(kind)
                .add(retracts)
                .add(phase)
                .add(gameDate)
                .add(processorName)
                .add(status)
                .add(recordCount)
                .add(expectedCount)
                .add(correlationId)
                .add(executionId)
                .add(startedAt)
                .add(completedAt)
                .add(isIncremental)
                .add(isBackfill)
                .add(List.of(entitiesChanged))
                .add(metadata)
                .add(insertedAt)
                .add(importedAt)
                .add(reportedPhase)
                .add(reportedName)
                .add(identityKey)
                .add(contentHash)
                .add(recordedBy)
                .sha256();
    }

    /** The part of a row that is reported. */
    static CompletionRow saying(RecordCompletion said) {
        CompletionRow row = new CompletionRow();
        row.kind = COMPLETION;
        row.gameDate = said.gameDate();
        row.status = EnumNames.of(said.status());
        row.recordCount = said.recordCount();
        row.expectedCount = said.expectedCount();
        row.correlationId = said.correlationId();
        row.executionId = said.executionId();
        row.startedAt = said.startedAt();
        row.isIncremental = said.incremental();
        row.isBackfill = said.backfill();
        row.entitiesChanged = said.entities().toArray(String[]::new);
        row.reportedPhase = said.phase();
        row.reportedName = said.processorName();
        return row;
    }

    /** The part of a row that another one said, under the names as which that was recorded. */
    static CompletionRow repeating(CompletionRow said) {
        CompletionRow row = new CompletionRow();
        row.kind = COMPLETION;
        row.gameDate = said.gameDate;
        row.status = said.status;
        row.recordCount = said.recordCount;
        row.expectedCount = said.expectedCount;
        row.correlationId = said.correlationId;
        row.executionId = said.executionId;
        row.startedAt = said.startedAt;
        row.isIncremental = said.isIncremental;
        row.isBackfill = said.isBackfill;
        row.entitiesChanged = said.entitiesChanged;
        row.metadata = said.metadata;
        row.reportedPhase = said.phase;
        row.reportedName = said.processorName;
        return row;
    }

    /** The part of a retraction that its completion says. */
    static CompletionRow retracting(CompletionRow retracted) {
        CompletionRow row = new CompletionRow();
        row.kind = RETRACTION;
        row.status = RETRACTED;
        row.retracts = retracted.id;
        row.phase = retracted.phase;
        row.gameDate = retracted.gameDate;
        row.processorName = retracted.processorName;
        row.reportedPhase = retracted.reportedPhase;
        row.reportedName = retracted.reportedName;
        row.entitiesChanged = new String[0];
        return row;
    }

    /** Whether it says how a run of a job ended. */
    boolean isOutcome() {
        return executionId != null && !isRetraction() && !status.equals(RUNNING);
    }

    boolean isRetraction() {
        return kind.equals(RETRACTION);
    }
}

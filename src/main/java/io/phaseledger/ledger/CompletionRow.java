package io.phaseledger.ledger;

import io.phaseledger.readiness.Status;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of the ledger, a completion or a retraction; the columns are described in the migration. */
@Entity
@Immutable
@Table(schema = "nba_orchestration", name = "phase_completions")
class CompletionRow {

    static final String COMPLETION = "completion";
    static final String RETRACTION = "retraction";
    static final String RETRACTED = "retracted";

    @Id
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

    @ColumnTransformer(read = "cast(metadata as text)")
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

    void fill(Facts facts, Names.Known names) {
        RecordCompletion said = facts.said();
        kind = COMPLETION;
        phase = names.phase(said.phase());
        gameDate = said.gameDate();
        processorName = names.processor(said.processorName());
        status = word(said.status());
        recordCount = said.recordCount();
        expectedCount = said.expectedCount();
        correlationId = said.correlationId();
        executionId = said.executionId();
        startedAt = said.startedAt();
        completedAt = said.completedAt() == null ? completedAt : said.completedAt();
        isIncremental = said.incremental();
        isBackfill = said.backfill();
        entitiesChanged = said.entities().toArray(String[]::new);
        metadata = facts.metadata();
        reportedPhase = said.phase();
        reportedName = said.processorName();
    }

    void retract(CompletionRow retracted, String why) {
        kind = RETRACTION;
        status = RETRACTED;
        retracts = retracted.id;
        phase = retracted.phase;
        gameDate = retracted.gameDate;
        processorName = retracted.processorName;
        reportedPhase = retracted.reportedPhase;
        reportedName = retracted.reportedName;
        entitiesChanged = new String[0];
        metadata = why;
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    boolean isRetraction() {
        return kind.equals(RETRACTION);
    }
}

package io.phaseledger.imports;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far one import has come; the columns are described in the migration. */
@Entity
@Table(schema = "nba_orchestration", name = "imports")
class ImportRow {

    @Id
    UUID id;

    String kind;
    Instant startedAt;
    Instant updatedAt;

    @Nullable
    Instant finishedAt;

    long recorded;
    long replayed;
    long rejected;
    long lastLine;

    @Nullable
    String failure;

    String recordedBy;
}

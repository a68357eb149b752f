package io.phaseledger.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** How many units of work a date was said to have; the columns are described in the migration. */
@Entity
@Immutable
@Table(schema = "nba_orchestration", name = "slates")
class SlateRow {

    @Id
    long position;

    LocalDate gameDate;
    int units;

    @Nullable
    String note;

    Instant insertedAt;

    @Nullable
    Instant importedAt;

    String recordedBy;

    /** When the ledger learned of it. */
    Instant learnedAt() {
        return importedAt == null ? insertedAt : importedAt;
    }
}

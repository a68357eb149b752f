package io.phaseledger.feed;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An announced change; the columns are described in the migration. */
@Entity
@Immutable
@Table(schema = "nba_orchestration", name = "readiness_changes")
class ReadinessChangeRow {

    @Id
    long position;

    String policy;
    int version;
    LocalDate gameDate;
    String fromState;
    String toState;
    String cause;
    boolean isImported;
    boolean isBackfill;
    boolean isPast;

    @JdbcTypeCode(SqlTypes.JSON)
    String reasons;

    @Nullable
    Instant expiresAt;

    Instant asOf;
    long knownPosition;
    Instant insertedAt;
}

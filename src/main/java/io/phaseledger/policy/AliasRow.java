package io.phaseledger.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A change of an alias; the columns are described in the migration. */
@Entity
@Immutable
@Table(schema = "nba_orchestration", name = "aliases")
class AliasRow {

    static final String PROCESSORS = "processors";
    static final String PHASES = "phases";

    @Id
    long revision;

    String kind;
    String name;

    @Nullable
    String target;

    Instant insertedAt;
    String recordedBy;
}

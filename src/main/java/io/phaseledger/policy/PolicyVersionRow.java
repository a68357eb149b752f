package io.phaseledger.policy;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A version of a policy; the columns are described in the migration. */
@Entity
@Immutable
@Table(schema = "nba_orchestration", name = "policy_versions")
class PolicyVersionRow {

    @Id
    long position;

    String name;
    int version;
    Instant effectiveFrom;

    @ColumnTransformer(read = "cast(definition as text)", write = "cast(? as jsonb)")
    String definition;

    Instant insertedAt;
    String recordedBy;
}

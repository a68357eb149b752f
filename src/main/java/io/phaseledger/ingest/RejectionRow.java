package io.phaseledger.ingest;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.jspecify.annotations.Nullable;

/** A message that was not recorded; the columns are described in the migration. */
@Entity
@Table(schema = "nba_orchestration", name = "ingest_rejections")
class RejectionRow {

    @Id
    UUID id;

    String source;
    String messageId;

    @Nullable
    String subscription;

    String body;
    String code;
    String detail;

    @ColumnTransformer(read = "cast(errors as text)", write = "cast(? as json)")
    String errors;

    Instant receivedAt;
    String receivedBy;

    @Nullable
    Instant retriedAt;

    @Nullable
    String retriedBy;

    @Nullable
    String retryOutcome;

    @Nullable
    String retryDetail;

    @Nullable
    UUID completionId;
}

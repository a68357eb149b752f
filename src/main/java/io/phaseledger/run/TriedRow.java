package io.phaseledger.run;

import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row that an event would come to, or why it would come to none.
 *
 * @param source that would say how its job is understood; null for none
 * @param code why it is held; null otherwise
 */
@Schema
record TriedRow(
        String namespace,
        String runId,
        String jobName,

        @Schema(enumeration = {"start", "running", "other", "complete", "abort", "fail"})
        String eventType,

        Instant eventTime,
        @Nullable String source,

        @Schema(enumeration = {"recorded", "held"}) String outcome,

        String phase,
        String processorName,
        @Nullable LocalDate gameDate,

        @Schema(enumeration = {"success", "failed", "skipped", "running"}) @Nullable
        String status,

        @Nullable Long recordCount,
        @Nullable String code,
        String why) {}

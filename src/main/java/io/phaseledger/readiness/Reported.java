package io.phaseledger.readiness;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A completion and for how long it was evidence.
 *
 * @param retractedAt from when it is out of evidence; null when it never was retracted
 */
public record Reported(Completion row, @Nullable Instant retractedAt) {

    boolean wasDoneBy(Instant instant) {
        return !row.completedAt().isAfter(instant);
    }

    boolean isEvidenceAt(Instant instant) {
        return !row.insertedAt().isAfter(instant) && (retractedAt == null || retractedAt.isAfter(instant));
    }
}

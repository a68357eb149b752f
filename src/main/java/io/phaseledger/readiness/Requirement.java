package io.phaseledger.readiness;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of one processor's work.
 *
 * @param phase the phase that the processor belongs to
 * @param processorName the job that reports
 * @param minRecords the least number of records; null or 0 asks nothing
 * @param minRecordsPerUnit the same for each unit of the target date's slate; null or 0 asks nothing
 * @param minCoverage the least share, from 0 to 1, of the row's own expected count; null or 0 asks nothing
 * @param accept the statuses that decide; contains {@code SUCCESS}, never {@code RUNNING}
 * @param optional whether the verdict may be ready without it
 * @param gameDate which date it applies to
 */
public record Requirement(
        String phase,
        String processorName,
        @Nullable Long minRecords,
        @Nullable BigDecimal minRecordsPerUnit,
        @Nullable BigDecimal minCoverage,
        Set<Status> accept,
        boolean optional,
        TargetDate gameDate) {

    /** Where it is looked for evidence of a date. */
    public EvidenceKey cell(LocalDate date) {
        return new EvidenceKey(phase, processorName, date);
    }

    boolean asksPerUnit() {
        return minRecordsPerUnit != null && minRecordsPerUnit.signum() > 0;
    }

    /** The larger of both bounds, in whole records; 0 when nothing is asked or the slate that it needs is unknown. */
    long recordsBound(OptionalInt units) {
        long absolute = minRecords == null ? 0 : minRecords;
        if (minRecordsPerUnit == null || units.isEmpty()) {
            return absolute;
        }
        BigDecimal ofSlate = minRecordsPerUnit.multiply(BigDecimal.valueOf(units.getAsInt()));
        return Math.max(absolute, ofSlate.setScale(0, RoundingMode.CEILING).longValueExact());
    }
}

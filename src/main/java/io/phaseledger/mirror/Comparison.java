package io.phaseledger.mirror;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a comparison of the table with the ledger has found. */
@Schema(name = "MirrorComparison")
record Comparison(
        @Nullable LocalDate gameDateFrom,
        @Nullable LocalDate gameDateTo,
        long position,
        boolean equal,
        int dates,
        long ledgerRows,
        long mirrorRows,
        long foreignRows,
        long missing,
        long extra,
        long field,
        long foreign,
        List<DateDifference> differentDates,
        List<Difference> differences,
        @Nullable Repair repair) {

    /** What both sides have of a date. */
    @Schema(name = "MirrorDateDifference")
    record DateDifference(
            LocalDate gameDate, long ledgerRows, String ledgerChecksum, long mirrorRows, String mirrorChecksum) {}

    /** What brings missing rows again. */
    @Schema(name = "MirrorRepair")
    record Repair(@Nullable String jobId, long rows) {}

    /** A row that is not the same on both sides. */
    @Schema(name = "MirrorDifference")
    record Difference(
            @Schema(enumeration = {"missing", "extra", "field", "foreign"})
            String kind,

            LocalDate gameDate,
            @Nullable String id,
            @Nullable Long position,
            @Nullable String what,
            @Nullable String ledger,
            @Nullable String mirror) {}
}

package io.phaseledger.mirror;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a comparison of the table with the ledger has found. */
@Schema(name = "MirrorComparison", description = "What a comparison of the table with the ledger has found.")
record Comparison(
        @Schema(description = "The first date; null for all there are.", examples = "2026-02-01") @Nullable
        LocalDate gameDateFrom,

        @Schema(description = "The last date; null for all there are.", examples = "2026-02-28") @Nullable
        LocalDate gameDateTo,

        @Schema(
                description = "The position up to which the table was given everything, and is compared.",
                examples = "1234")
        long position,

        @Schema(description = "Whether both sides are equal; rows of other writers are not looked at for that.")
        boolean equal,

        @Schema(description = "Dates that either side has rows of.", examples = "28")
        int dates,

        @Schema(description = "Rows that the ledger must have brought to the table.", examples = "18816")
        long ledgerRows,

        @Schema(description = "Rows of the table that the ledger has brought.", examples = "18815")
        long mirrorRows,

        @Schema(description = "Rows of the table that other writers have brought.", examples = "672")
        long foreignRows,

        @Schema(description = "Rows that the table lacks.", examples = "1")
        long missing,

        @Schema(description = "Rows that the table has, or has twice, and the ledger does not.", examples = "0")
        long extra,

        @Schema(description = "Fields that differ.", examples = "0")
        long field,

        @Schema(
                description = "Rows of other writers that the ledger does not know: they can be imported.",
                examples = "0")
        long foreign,

        @Schema(description = "The dates of which the counts or checksums differ, oldest first.")
        List<DateDifference> differentDates,

        @Schema(description = "The rows; of very many only the first thousand.")
        List<Difference> differences,

        @Schema(description = "What brings again the rows that are missing; null when nothing does.") @Nullable
        Repair repair) {

    /** What both sides have of a date. */
    @Schema(name = "MirrorDateDifference", description = "What both sides have of a date.")
    record DateDifference(
            @Schema(description = "The date.", examples = "2026-02-02")
            LocalDate gameDate,

            @Schema(description = "Rows that the ledger must have brought.", examples = "672")
            long ledgerRows,

            @Schema(description = "A sum over all that is in them.", examples = "369341822233")
            String ledgerChecksum,

            @Schema(description = "Rows that the table has of the ledger.", examples = "671")
            long mirrorRows,

            @Schema(description = "A sum over all that is in them.", examples = "368912345678")
            String mirrorChecksum) {}

    /** What brings missing rows again. */
    @Schema(name = "MirrorRepair", description = "What brings missing rows again.")
    record Repair(
            @Schema(
                    description = "The load job that was written down; null while another one is open: ask again.",
                    examples =
                            "phase-ledger-0198f1a05c3e7a3b9a630c4a4d1c2b11-0b9f7c1e-phase_completions-f1b639aaa63934db-repair-0198f1b701aa7c118d2e5f60718293a4-1")
            @Nullable
            String jobId,

            @Schema(description = "How many rows it brings.", examples = "1")
            long rows) {}
}

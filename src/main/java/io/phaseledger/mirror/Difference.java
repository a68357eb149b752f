package io.phaseledger.mirror;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A row that is not the same on both sides. */
@Schema(name = "MirrorDifference", description = "A row that is not the same on both sides.")
record Difference(
        @Schema(
                description =
                        "missing: the table lacks it; extra: the table has it, or has it twice, and the ledger does not;"
                                + " field: they differ; foreign: another writer brought it, and the ledger does not know it.",
                enumeration = {"missing", "extra", "field", "foreign"},
                examples = "missing")
        String kind,

        @Schema(description = "The date the work was for.", examples = "2026-02-02")
        LocalDate gameDate,

        @Schema(
                description = "The row's id in the ledger; null where it has none.",
                examples = "0198f1a0-5c3e-7a3b-9a63-0c4a4d1c2b11")
        @Nullable
        String id,

        @Schema(description = "The row's position in the ledger; null where it has none.", examples = "1234") @Nullable
        Long position,

        @Schema(
                description =
                        "The column in which they differ; of a foreign row, what tells it from others; null otherwise.",
                examples = "record_count")
        @Nullable
        String what,

        @Schema(description = "What the ledger says there, as JSON; null where it says nothing.", examples = "123")
        @Nullable
        String ledger,

        @Schema(description = "What the table says there, as JSON; null where it says nothing.", examples = "57")
        @Nullable
        String mirror) {}

package io.phaseledger.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of an import. */
@Schema(
        name = "Import",
        description = "What became of an import: read is the sum of recorded, replayed and rejected_count.")
public record ImportView(
        @Schema(description = "Rows that were there, blank lines apart.", examples = "25000")
        long read,

        @Schema(description = "Rows that are new.", examples = "24990")
        long recorded,

        @Schema(description = "Rows that had been recorded before; nothing was changed by them.", examples = "8")
        long replayed,

        @Schema(description = "Rows that were not taken.", examples = "2")
        long rejectedCount,

        @Schema(description = "Which rows were not taken and why, in their order; of very many only the first.")
        List<RejectedLine> rejected) {}

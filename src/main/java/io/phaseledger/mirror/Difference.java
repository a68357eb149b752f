package io.phaseledger.mirror;

import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

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

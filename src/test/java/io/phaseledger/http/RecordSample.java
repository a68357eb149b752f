package io.phaseledger.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body with a field of each kind. */
record RecordSample(
        @NotNull String phase,

        @Pattern(regexp = "[A-Za-z].*", message = "invalid_name: must begin with a letter") @Nullable
        String processorName,

        @Nullable Integer recordCount,
        @Nullable Long expectedCount,
        @Nullable BigDecimal minCoverage,
        @Nullable Boolean isIncremental,
        @Nullable Boolean optional,
        @Nullable Colour colour,
        @Nullable LocalDate gameDate,
        @Nullable Instant completedAt,
        @Nullable Duration maxAge,
        @Nullable List<String> entitiesChanged,
        @Nullable List<@Valid Part> requirements,
        @Nullable Part part,
        @Nullable ObjectNode metadata) {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Part(
            @Min(0) @Nullable Integer minRecords, @Nullable Colour colour) {}
}

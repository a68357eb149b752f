package io.phaseledger.readiness;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a verdict, with its numbers; a reason, a warning and a waived reason have the same form.
 *
 * @param policy the upstream policy it is about, if it is about one
 * @param phase null when it is not about a single requirement, as are {@code processorName} and {@code gameDate}
 * @param required what was asked; null when nothing was
 * @param observed what was found; null when nothing was
 * @param gap the difference; null when that is not a number
 * @param message one sentence for people
 */
public record Reason(
        Code code,
        @Nullable String policy,
        @Nullable String phase,
        @Nullable String processorName,
        @Nullable LocalDate gameDate,
        @Nullable Map<String, Object> required,
        @Nullable Map<String, Object> observed,
        @Nullable Map<String, Object> gap,
        String message) {}

package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a policy should be ready.
 *
 * @param readyBy by the clock of the policy's zone
 * @param dayOffset how many days after the game date
 * @param warnBefore how long before it is at risk; null for not at all
 */
public record Deadline(
        LocalTime readyBy, int dayOffset, @Nullable Duration warnBefore) {

    /**
     * The instant for a game date. A time that a change of clocks leaves out is later by what is left out; of one that
     * comes twice, it is the first.
     */
    Instant dueAt(LocalDate gameDate, ZoneId zone) {
        return gameDate.plusDays(dayOffset).atTime(readyBy).atZone(zone).toInstant();
    }
}

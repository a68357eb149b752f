package io.phaseledger.readiness;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * When a policy became ready for a date, held against when it was due: what its history tells, whenever it is asked
 * afterwards.
 *
 * @param hasWork whether it was not known, when it was due, that the date has no work
 * @param onTime whether it was ready when it was due
 * @param landedAt when it became ready: before it was due the first time, after that by something new; null when it has not,
 *     or not within what was read
 * @param expiredAt when it last ceased to be ready before it was due; null when it did not
 * @param reportedLate whether what made it ready late had been completed in time
 * @param metAt when each requirement was met first
 * @param isWhole whether enough was read to tell
 */
public record Landing(
        boolean hasWork,
        boolean onTime,
        @Nullable Instant landedAt,
        @Nullable Instant expiredAt,
        boolean reportedLate,
        Map<Job, Instant> metAt,
        boolean isWhole) {

    /** Who reports on a requirement, whatever the date. */
    public record Job(String phase, String processorName) {

        static Job of(Requirement requirement) {
            return new Job(requirement.phase(), requirement.processorName());
        }
    }

    /**
     * The instant at which it was decided: nothing that is learned later changes it. Null when it is not.
     *
     * @param due as it was held against; null for none
     */
    public @Nullable Instant decidedAt(@Nullable Instant due) {
        return due != null && (!hasWork || onTime) ? due : landedAt;
    }

    /**
     * Reads it off a history that is known at the instant that it was due.
     *
     * @param due not after the history's end; null for none
     */
    public static Landing of(History history, @Nullable Instant due) {
        return new Reading(history, due).read();
    }

    /** One reading of a history. */
    private static final class Reading {

        private final History history;
        private final @Nullable Instant due;
        private final Map<Job, Instant> metAt = new HashMap<>();
        private @Nullable Instant first;
        private @Nullable Instant ended;
        private boolean isWhole = true;

        Reading(History history, @Nullable Instant due) {
            this.history = history;
            this.due = due;
        }

        Landing read() {
            if (due == null) {
                walk(history.asOf(), true);
                return landing(true, false, first, null, false);
            }
            OptionalInt units = history.reach().slatesAt(due).units(history.gameDate());
            if (units.isPresent() && units.getAsInt() == 0) {
                return landing(false, false, null, null, false);
            }
            boolean onTime = history.judgedAt(due).ready();
            walk(due, onTime);
            if (onTime) {
                return landing(true, true, first, null, false);
            }
            Instant expiredAt = ended;
            Instant late = firstMadeReadyAfter(due);
            return landing(true, false, late, expiredAt, late != null && isReportedLate(late, due));
        }

        private Landing landing(
                boolean hasWork,
                boolean onTime,
                @Nullable Instant landedAt,
                @Nullable Instant expiredAt,
                boolean reportedLate) {
            return new Landing(hasWork, onTime, landedAt, expiredAt, reportedLate, Map.copyOf(metAt), isWhole);
        }

        /** Looks, up to an instant, at each one at which the verdict may have changed, by something new or by the clock. */
        private void walk(Instant end, boolean toFirst) {
            NavigableSet<Instant> changes = history.changes().headSet(end, true);
            boolean wasReady = false;
            for (Instant change : changes) {
                if (history.isUnknownBefore(change)) {
                    break;
                }
                wasReady = look(change, wasReady);
                for (Instant turn : turns(change, changes.higher(change), end)) {
                    if (!(toFirst && first != null)) {
                        wasReady = look(turn, wasReady);
                    }
                }
                if (toFirst && first != null) {
                    return;
                }
            }
            if (history.isUnknownBefore(end)) {
                isWhole = false;
                ended = null;
            }
        }

        /** When the clock alone may have changed it, between a change and the next one or the end. */
        private List<Instant> turns(Instant change, @Nullable Instant next, Instant end) {
            return history.turnsAfter(change).stream()
                    .takeWhile(turn -> next == null ? !turn.isAfter(end) : turn.isBefore(next))
                    .toList();
        }

        private boolean look(Instant at, boolean wasReady) {
            Verdict verdict = history.judgedAt(at);
            note(verdict, at);
            boolean isReady = verdict.state() == State.READY;
            if (isReady && first == null) {
                first = at;
            }
            if (wasReady && !isReady) {
                ended = at;
            }
            return isReady;
        }

        private void note(Verdict verdict, Instant at) {
            verdict.judgements().stream()
                    .filter(Judgement::met)
                    .forEach(each -> metAt.putIfAbsent(Job.of(each.requirement()), at));
        }

        private @Nullable Instant firstMadeReadyAfter(Instant instant) {
            for (Instant change : history.changes().tailSet(instant, false)) {
                if (history.isUnknownBetween(instant, change)) {
                    break;
                }
                Verdict verdict = history.judgedAt(change);
                note(verdict, change);
                if (verdict.ready() && !history.judgedBefore(change).ready()) {
                    return change;
                }
            }
            isWhole &= !history.isUnknownBetween(instant, history.asOf());
            return null;
        }

        /** What was learned afterwards had all been completed by then. */
        private boolean isReportedLate(Instant late, Instant by) {
            var learnedAfter = history.judgedAt(late).judgements().stream()
                    .filter(Judgement::bearsOnAge)
                    .map(Judgement::deciding)
                    .filter(row -> row != null && row.insertedAt().isAfter(by))
                    .toList();
            return !learnedAfter.isEmpty()
                    && learnedAfter.stream()
                            .noneMatch(row -> row == null || row.completedAt().isAfter(by));
        }
    }
}

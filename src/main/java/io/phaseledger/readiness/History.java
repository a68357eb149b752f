package io.phaseledger.readiness;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that ever bore on a policy and a game date, as it was known at one moment, so that the question can be asked of any
 * instant before; immutable.
 */
public final class History {

    private static final Duration TICK = Duration.ofNanos(1000);

    private final Reach reach;
    private final Instant asOf;
    private final Collection<Reported> rows;
    private final Collection<Gap> gaps;

    /**
     * A history.
     *
     * @param asOf how far it goes; nothing that was learned later counts
     * @param rows of the cells within reach
     * @param gaps when rows are missing among them
     */
    public History(Reach reach, Instant asOf, Collection<Reported> rows, Collection<Gap> gaps) {
        this.reach = reach;
        this.asOf = asOf;
        this.rows = List.copyOf(rows);
        this.gaps = List.copyOf(gaps);
    }

    public LocalDate gameDate() {
        return reach.gameDate();
    }

    public Instant asOf() {
        return asOf;
    }

    /** Every completion that bears on it, retracted ones too. */
    public Collection<Reported> rows() {
        return rows;
    }

    /** When a row, a retraction, a slate or a version of a policy may have changed the verdict. */
    public NavigableSet<Instant> changes() {
        NavigableSet<Instant> instants = new TreeSet<>();
        Stream.of(
                        rows.stream().map(each -> each.row().insertedAt()),
                        rows.stream().map(Reported::retractedAt).filter(Objects::nonNull),
                        reach.changes())
                .flatMap(each -> each)
                .filter(each -> !each.isAfter(asOf) && isKnownAt(each))
                .forEach(instants::add);
        return instants;
    }

    /** Whether all was read that was known at an instant. */
    public boolean isKnownAt(Instant instant) {
        return gaps.stream().noneMatch(gap -> gap.contains(instant));
    }

    /** Whether at some instant before one, or at it, something is not known. */
    boolean isUnknownBefore(Instant instant) {
        return gaps.stream()
                .anyMatch(gap -> !gap.from().isAfter(instant) && gap.from().isBefore(gap.to()));
    }

    /** Whether at some instant after one and up to another something is not known. */
    boolean isUnknownBetween(Instant from, Instant to) {
        return gaps.stream()
                .anyMatch(gap -> !gap.from().isAfter(to)
                        && gap.from().isBefore(gap.to())
                        && gap.to().isAfter(from.plus(TICK)));
    }

    /** The policy that was in force at an instant, or its first version before there was any. */
    public Policy policyAt(Instant instant) {
        return policies().inForce(reach.policy(), instant);
    }

    /** When a version that is known already takes over after the history's end, the earliest; null for never. */
    public @Nullable Instant nextVersionAt() {
        return policies()
                .changes()
                .filter(each -> each.isAfter(asOf) && !each.equals(Instant.MAX))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What was known at an instant. */
    public Evidence evidenceAt(Instant instant) {
        return evidenceAt(instant, row -> row.isEvidenceAt(instant));
    }

    /** The same by what had been done by then, whenever it was told, unless it was taken back since. */
    public Evidence evidenceDoneBy(Instant instant) {
        return evidenceAt(instant, row -> row.wasDoneBy(instant) && row.isEvidenceAt(asOf));
    }

    private Evidence evidenceAt(Instant instant, Predicate<Reported> counts) {
        Map<String, Policy> upstreams = policies().upstreamsOf(policyAt(instant), instant);
        List<Completion> known = rows.stream().filter(counts).map(Reported::row).toList();
        Evidence evidence = Evidence.of(known, reach.slatesAt(instant), upstreams);
        return policies().isBefore(reach.policy(), instant) ? evidence.ofRetroactivePolicy() : evidence;
    }

    /** The verdict that was given at an instant, to a question by nothing but the policy itself. */
    public Verdict verdictAt(Instant instant) {
        return Readiness.evaluate(policyAt(instant), question(instant), evidenceAt(instant));
    }

    /** The same without how long it lasts. */
    Verdict judgedAt(Instant instant) {
        return judged(instant, instant);
    }

    /** What the verdict would have been at an instant, had nothing happened at that instant but the time. */
    Verdict judgedBefore(Instant instant) {
        return judged(instant, instant.minus(TICK));
    }

    private Verdict judged(Instant clock, Instant known) {
        return new Evaluation(evidenceAt(known)).judge(policyAt(known), question(clock));
    }

    /** When, after an instant and without anything new, the verdict may have changed. */
    NavigableSet<Instant> turnsAfter(Instant instant) {
        return TransitionTimes.after(policyAt(instant), question(instant), evidenceAt(instant));
    }

    private Question question(Instant at) {
        return new Question(gameDate(), Mode.LIVE, at, null, null);
    }

    PolicyHistory policies() {
        return reach.policies();
    }

    Reach reach() {
        return reach;
    }
}

package io.phaseledger.gate;

import io.phaseledger.http.FieldError;
import io.phaseledger.http.Problem;
import io.phaseledger.ledger.Head;
import io.phaseledger.ledger.Positions;
import io.phaseledger.policy.Policies;
import io.phaseledger.policy.SlateTable;
import io.phaseledger.readiness.Cell;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Requirement;
import io.phaseledger.readiness.Slates;
import io.phaseledger.readiness.TargetDate;
import io.phaseledger.readiness.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Looks at the ledger once and gathers the evidence for whatever is asked of that look. */
@ApplicationScoped
class Gate {

    private final Positions positions;
    private final Policies policies;
    private final SlateTable slates;
    private final EvidenceTable table;

    Gate(Positions positions, Policies policies, SlateTable slates, EvidenceTable table) {
        this.positions = positions;
        this.policies = policies;
        this.slates = slates;
        this.table = table;
    }

    /**
     * One look.
     *
     * @param asOf null for now
     * @param position as if the ledger ended there; null for its end
     * @param atLeast a position that the ledger must have reached; null for any
     * @throws Problem 422 when as-of lies in the future, 409 when a position lies beyond the end
     */
    Snapshot look(@Nullable Instant asOf, @Nullable Long position, @Nullable Long atLeast) {
        return look(asOf, position, atLeast, (code, detail) -> FieldError.parameter("as_of", code, detail));
    }

    /**
     * The same, where the instant is not a parameter.
     *
     * @param error makes the error of what is wrong with the instant, from its code and detail
     */
    Snapshot look(
            @Nullable Instant asOf,
            @Nullable Long position,
            @Nullable Long atLeast,
            BiFunction<String, String, FieldError> error) {
        Head head = positions.head();
        Positions.checkKnown("position", position, head.position());
        Positions.checkKnown("at_least", atLeast, head.position());
        Instant now = head.now();
        Positions.checkNotAhead(asOf, now, error);
        long upTo = position == null ? head.position() : position;
        if (atLeast != null && atLeast > upTo) {
            throw Problem.refused(FieldError.parameter(
                    "at_least", "contradiction", "at position " + upTo + " nothing has seen " + atLeast));
        }
        Instant learnedBy = upTo == head.position() ? head.learnedAt() : positions.learnedAt(upTo);
        Moment moment = new Moment(asOf == null ? now : asOf, upTo, learnedBy, head.clock());
        return new Snapshot(moment, policies.at(head));
    }

    /**
     * Answers an inquiry of one look.
     *
     * @param asOf null for now
     * @param position as if the ledger ended there; null for its end
     * @param atLeast a position that the ledger must have reached; null for any
     * @throws Problem as {@link #look}; 404 when there is no such policy
     */
    @Transactional
    Answer answer(Inquiry inquiry, @Nullable Instant asOf, @Nullable Long position, @Nullable Long atLeast) {
        Snapshot snapshot = look(asOf, position, atLeast);
        Asked asked = snapshot.policy(inquiry.policy());
        Question question = inquiry.question(asked.policy(), snapshot.moment().asOf());
        Gathered gathered = gather(snapshot, List.of(asked), List.of(question.gameDate()));
        Verdict verdict = Matrix.evaluate(asked, question, gathered.evidence());
        return new Answer(snapshot, verdict, gathered);
    }

    /** The same for now: what a waiter is told when something happened. */
    @Transactional
    Answer answer(Inquiry inquiry) {
        return answer(inquiry, null, null, null);
    }

    /** All that bears on these policies for these dates; dates are at least one, the first one first. */
    Evidence evidence(Snapshot snapshot, Collection<Asked> asked, List<LocalDate> dates) {
        return gather(snapshot, asked, dates).evidence();
    }

    private Gathered gather(Snapshot snapshot, Collection<Asked> asked, List<LocalDate> dates) {
        List<Policy> policiesAsked = asked.stream().map(Asked::policy).toList();
        Map<String, Policy> upstreams = snapshot.upstreamsOf(policiesAsked);
        List<Policy> all = new ArrayList<>(policiesAsked);
        all.addAll(upstreams.values());
        List<Requirement> requirements =
                all.stream().flatMap(policy -> policy.requirements().stream()).toList();
        Slates known = slates(requirements, dates, snapshot.moment());
        Set<Cell> cells = cells(requirements, dates, known);
        Evidence evidence = Evidence.of(table.newest(cells, snapshot.moment()), known, upstreams);
        return new Gathered(evidence, cells, upstreams.keySet());
    }

    private static Set<Cell> cells(List<Requirement> requirements, List<LocalDate> dates, Slates known) {
        Set<Cell> cells = new LinkedHashSet<>();
        for (LocalDate date : dates) {
            for (Requirement each : requirements) {
                LocalDate target = each.gameDate().resolve(date, known).date();
                if (target != null) {
                    cells.add(new Cell(each.phase(), each.processorName(), target));
                }
            }
        }
        return cells;
    }

    /** The slates of every date that a requirement can reach from these. */
    private Slates slates(List<Requirement> requirements, List<LocalDate> dates, Moment moment) {
        LocalDate first = dates.get(0);
        LocalDate from = first;
        LocalDate to = dates.get(dates.size() - 1);
        for (Requirement each : requirements) {
            if (each.gameDate() instanceof TargetDate.Offset offset) {
                from = earlier(from, first.plusDays(offset.days()));
                to = later(to, dates.get(dates.size() - 1).plusDays(offset.days()));
            }
        }
        if (requirements.stream().anyMatch(each -> each.gameDate() instanceof TargetDate.PreviousSlate)) {
            LocalDate previous = slates.previousWithWork(first, moment.asOf(), moment.position())
                    .orElse(from);
            from = earlier(from, previous);
        }
        return slates.inForce(from, to, moment.asOf(), moment.position());
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * What was gathered, and where it came from.
     *
     * @param cells that it was looked for in
     * @param upstreams the policies that were reached besides those that were asked
     */
    record Gathered(Evidence evidence, Set<Cell> cells, Set<String> upstreams) {}
}

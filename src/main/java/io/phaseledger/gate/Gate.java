package io.phaseledger.gate;

import io.phaseledger.database.Statements;
import io.phaseledger.database.Unavailable;
import io.phaseledger.http.Problem;
import io.phaseledger.policy.KnownSlates;
import io.phaseledger.policy.Policies;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Slates;
import io.phaseledger.readiness.Verdict;
import io.phaseledger.timeliness.Landed;
import io.phaseledger.timeliness.Timed;
import io.phaseledger.timeliness.Timekeeper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks at the ledger and gathers what bears on whatever is asked of that look, in the usual case by one statement.
 *
 * <p>Which rows are to be found depends on the policies and slates in force, and those on where the ledger stands. So the
 * look is made for the rows that mattered when the ledger was last looked at, and tells where it stands now. If it turns
 * out that others matter, because there is a newer policy or slate or another date has begun, it is looked again for those.
 */
@ApplicationScoped
class Gate {

    /** Looks at one question; each after the first is because a policy, a slate or a date came between. */
    private static final int MAX_LOOKS = 10;

    private final Statements statements;
    private final Policies policies;
    private final KnownSlates slates;
    private final Timekeeper timekeeper;

    /** Only to guess by what will matter. */
    private volatile Reading last = Reading.NONE;

    Gate(Statements statements, Policies policies, KnownSlates slates, Timekeeper timekeeper) {
        this.statements = statements;
        this.policies = policies;
        this.slates = slates;
        this.timekeeper = timekeeper;
    }

    /** Answers an inquiry as things stand. */
    Answer answer(Inquiry inquiry) {
        return answer(inquiry, AsKnown.NOW);
    }

    /**
     * Answers an inquiry.
     *
     * @throws Problem as {@link #gather}; 404 when there is no such policy
     */
    Answer answer(Inquiry inquiry, AsKnown when) {
        return statements.use(connection -> {
            Gathered gathered = gather(connection, when, snapshot -> List.of(inquiry.subject(snapshot)));
            Subject subject = gathered.subjects().get(0);
            Verdict verdict = gathered.verdict(
                    subject.policy(),
                    inquiry.question(subject.dates().get(0), gathered.snapshot().asOf()));
            return new Answer(
                    gathered,
                    verdict,
                    timed(gathered, List.of(verdict), connection).get(0));
        });
    }

    /** What is to be said of verdicts besides, in their order. */
    List<Timed> timed(Gathered gathered, List<Verdict> verdicts) {
        return statements.use(connection -> timed(gathered, verdicts, connection));
    }

    /** When the dates of verdicts, live and by nothing but one policy, landed, in their order. */
    List<Landed> landed(Gathered gathered, List<Verdict> verdicts) {
        return statements.use(
                connection -> timekeeper.landed(verdicts, gathered.snapshot().vantage(), connection));
    }

    private List<Timed> timed(Gathered gathered, List<Verdict> verdicts, Connection connection) throws SQLException {
        List<Verdict> plain = verdicts.stream().map(gathered::plain).toList();
        return timekeeper.timed(plain, gathered.snapshot().vantage(), connection);
    }

    /**
     * Gathers all that bears on what is asked.
     *
     * @param asked at least one, given the snapshot; may be called more than once, and throw a {@link Problem}
     * @throws Problem 422 when as-of lies in the future, 409 when a position lies beyond the end, 503 when after
     *     {@link #MAX_LOOKS} other rows still matter than those that were looked for
     */
    Gathered gather(AsKnown when, Function<Snapshot, List<Subject>> asked) {
        return statements.use(connection -> gather(connection, when, asked));
    }

    private Gathered gather(Connection connection, AsKnown when, Function<Snapshot, List<Subject>> asked)
            throws SQLException {
        Set<EvidenceKey> cells = guess(connection, when, asked);
        for (int look = 0; look < MAX_LOOKS; look++) {
            Reading reading = EvidenceTable.read(connection, cells, when.asOf(), when.position());
            last = reading.with(List.of());
            Gathered gathered = gathered(connection, reading, when, asked);
            if (cells.containsAll(gathered.cells())) {
                return gathered;
            }
            cells = gathered.cells();
        }
        throw Unavailable.problem();
    }

    /** What is refused by what was known before may be right by now. */
    private Set<EvidenceKey> guess(Connection connection, AsKnown when, Function<Snapshot, List<Subject>> asked)
            throws SQLException {
        try {
            return gathered(connection, last.at(Instant.now()), when, asked).cells();
        } catch (Problem notYet) {
            return Set.of();
        }
    }

    private Gathered gathered(
            Connection connection, Reading reading, AsKnown when, Function<Snapshot, List<Subject>> asked)
            throws SQLException {
        Snapshot snapshot = when.snapshot(reading, policies.at(reading.policyPosition(), connection));
        Gathering gathering = new Gathering(snapshot, asked.apply(snapshot));
        // Every policy may be asked for where there is none yet.
        Slates known = gathering.isEmpty()
                ? new Slates(Map.of())
                : slates.of(gathering.slates(when.asOf(), reading.slatePosition()), connection);
        return gathering.with(known, reading);
    }
}

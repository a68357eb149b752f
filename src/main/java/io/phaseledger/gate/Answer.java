package io.phaseledger.gate;

import io.phaseledger.http.Json;
import io.phaseledger.readiness.Cell;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer to an inquiry, and what could change it. Shared by all who wait for it: its tag and text are made once. */
final class Answer {

    private final Snapshot snapshot;
    private final Verdict verdict;
    private final Gate.Gathered gathered;
    private volatile @Nullable EntityTag tag;
    private volatile byte @Nullable [] text;

    Answer(Snapshot snapshot, Verdict verdict, Gate.Gathered gathered) {
        this.snapshot = snapshot;
        this.verdict = verdict;
        this.gathered = gathered;
    }

    Verdict verdict() {
        return verdict;
    }

    Moment moment() {
        return snapshot.moment();
    }

    EntityTag tag() {
        EntityTag made = tag;
        if (made == null) {
            String slate =
                    gathered.evidence().units(verdict.question().gameDate()).toString();
            made = VerdictTag.of(verdict, slate);
            tag = made;
        }
        return made;
    }

    /** The view as JSON. */
    byte[] text(Json json) {
        byte[] made = text;
        if (made == null) {
            made = json.bytes(view());
            text = made;
        }
        return made;
    }

    VerdictView view() {
        return VerdictView.of(verdict, moment());
    }

    /** A row of one of these may change it. */
    Set<Cell> cells() {
        return gathered.cells();
    }

    /** When it may be another by the clock alone, for an inquiry that goes on; the earliest. */
    Optional<Instant> nextTurn(Inquiry inquiry) {
        Policy policy = verdict.policy();
        Instant now = moment().asOf();
        Set<String> names = new HashSet<>(gathered.upstreams());
        names.add(inquiry.policy());
        LocalDate tomorrow = policy.dateAt(now).plusDays(1);
        return Stream.of(
                        Readiness.nextTurn(policy, verdict.question(), gathered.evidence()),
                        snapshot.book().nextInForce(names, now),
                        inquiry.gameDate() == null
                                ? Optional.of(
                                        tomorrow.atStartOfDay(policy.zone()).toInstant())
                                : Optional.<Instant>empty())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}

package io.phaseledger.gate;

import io.phaseledger.http.Json;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Policy;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import jakarta.ws.rs.core.EntityTag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer to an inquiry, and what could change it. Shared by all who wait for it: its tag and text are made once. */
final class Answer {

    private final Gathered gathered;
    private final Verdict verdict;
    private volatile @Nullable EntityTag tag;
    private volatile byte @Nullable [] text;

    Answer(Gathered gathered, Verdict verdict) {
        this.gathered = gathered;
        this.verdict = verdict;
    }

    Verdict verdict() {
        return verdict;
    }

    Snapshot snapshot() {
        return gathered.snapshot();
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
        return VerdictView.of(verdict, snapshot());
    }

    /** A row of one of these may change it. */
    Set<EvidenceKey> cells() {
        return gathered.cells();
    }

    /**
     * When it may be another by the clock alone, the earliest.
     *
     * @param ofToday whether it was asked about whichever date it is
     */
    Optional<Instant> nextTurn(boolean ofToday) {
        Policy policy = verdict.policy();
        Instant now = snapshot().asOf();
        Set<String> names =
                new HashSet<>(snapshot().upstreamsOf(List.of(policy)).keySet());
        names.add(Objects.requireNonNull(policy.name()));
        LocalDate tomorrow = policy.dateAt(now).plusDays(1);
        return Stream.of(
                        Readiness.nextTurn(policy, verdict.question(), gathered.evidence()),
                        snapshot().book().nextInForce(names, now),
                        ofToday
                                ? Optional.of(
                                        tomorrow.atStartOfDay(policy.zone()).toInstant())
                                : Optional.<Instant>empty())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}

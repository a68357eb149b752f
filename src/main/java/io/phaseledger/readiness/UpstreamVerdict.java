package io.phaseledger.readiness;

import java.util.Objects;
import java.util.Optional;

/** An upstream policy's verdict for the same question, with the severities that the asked policy gives it. */
record UpstreamVerdict(Upstream link, Verdict verdict) {

    String name() {
        return link.policy();
    }

    boolean isNotReady() {
        return verdict.state() == State.NOT_READY;
    }

    /** Of all its deciding rows, met or not, the one that was completed last. */
    Optional<Completion> newestDeciding() {
        return verdict.judgements().stream()
                .map(Judgement::deciding)
                .filter(Objects::nonNull)
                .max(Completion.BY_AGE);
    }
}

package io.phaseledger.gate;

import io.phaseledger.policy.PolicyBook.InForce;
import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * What was gathered for what was asked, all of it as it was at one moment.
 *
 * @param subjects the policies that were asked, and about which dates
 * @param cells where evidence was looked for
 */
record Gathered(Snapshot snapshot, List<Subject> subjects, Set<EvidenceKey> cells, Evidence evidence) {

    Verdict verdict(InForce asked, Question question) {
        return Readiness.evaluate(
                asked.policy(), question, asked.retroactive() ? evidence.ofRetroactivePolicy() : evidence);
    }

    /** The verdict by nothing but the policy itself. */
    Verdict verdict(InForce asked, LocalDate date, Mode mode) {
        return verdict(asked, new Question(date, mode, snapshot.asOf(), null, null));
    }

    /** The verdicts for the dates of one that was asked. */
    List<Verdict> verdicts(Subject asked, Mode mode) {
        return asked.dates().stream()
                .map(date -> verdict(asked.policy(), date, mode))
                .toList();
    }

    /** The same verdict, had it been asked by nothing but the policy itself. */
    Verdict plain(Verdict verdict) {
        Question asked = verdict.question();
        Question plain = new Question(asked.gameDate(), Mode.LIVE, asked.asOf(), null, null);
        return asked.equals(plain) ? verdict : Readiness.evaluate(verdict.policy(), plain, evidence);
    }
}

package io.phaseledger.gate;

import io.phaseledger.readiness.Evidence;
import io.phaseledger.readiness.Mode;
import io.phaseledger.readiness.Question;
import io.phaseledger.readiness.Readiness;
import io.phaseledger.readiness.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Several policies asked about several dates at one moment, from evidence gathered once.
 *
 * @param asked the policies
 * @param dates rising, at least one
 */
record Matrix(Snapshot snapshot, List<Asked> asked, List<LocalDate> dates) {

    /** The verdicts, date by date, of each date in the order of the policies. */
    List<Verdict> verdicts(Evidence evidence, Mode mode) {
        List<Verdict> verdicts = new ArrayList<>();
        for (LocalDate date : dates) {
            Question question = new Question(date, mode, snapshot.moment().asOf(), null, null);
            asked.forEach(each -> verdicts.add(evaluate(each, question, evidence)));
        }
        return verdicts;
    }

    static Verdict evaluate(Asked asked, Question question, Evidence evidence) {
        return Readiness.evaluate(
                asked.policy(), question, asked.retroactive() ? evidence.ofRetroactivePolicy() : evidence);
    }
}

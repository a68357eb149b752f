package io.phaseledger.run;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run stood, by one of its events.
 *
 * @param status running, success, failed or skipped
 * @param span that it is for
 * @param index which part of a mapped task it is
 */
record RunState(
        Run run,
        RunEvent event,
        String status,
        LocalDate date,
        Span span,
        Optional<Integer> index,
        @Nullable Long count) {

    boolean isSuccess() {
        return status.equals("success");
    }

    boolean isGood() {
        return isSuccess() || status.equals("skipped");
    }

    /** What tells the part from the others of its job: its parent and its index, else what it is for. */
    String part() {
        return index.map(each -> run.family().orElseGet(span::text) + "\n"
                        + (each < 0 ? run.key().name() : each))
                .orElseGet(span::text);
    }
}

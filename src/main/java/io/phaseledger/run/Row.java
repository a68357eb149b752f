package io.phaseledger.run;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that should stand in the ledger.
 *
 * @param target what it is worked out with: its run, or the parts of a date
 * @param event that it tells of; a whole that of the event that made it so
 * @param correlation the run that started it
 * @param count of records; null where that is not known
 * @param metadata what else is told
 */
record Row(
        String target,
        RunEvent event,
        String status,
        LocalDate date,
        @Nullable String correlation,
        @Nullable Long count,
        Map<String, Object> metadata) {

    static final String WHOLE = "whole";
    static final String PART = "part";

    /** What it tells, however its job is understood: recorded under other terms, it is not recorded again. */
    String fact() {
        return (metadata.containsKey(WHOLE) ? WHOLE + " " : "") + status + " " + event.key();
    }

    /** All that it must say to be the same row. */
    String content() {
        return String.join(
                "\n",
                fact(),
                date.toString(),
                String.valueOf(count),
                String.valueOf(metadata.get(PART)),
                String.valueOf(metadata.get(WHOLE)),
                String.valueOf(metadata.get("outputs")));
    }
}

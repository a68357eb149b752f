package io.phaseledger.run;

import io.phaseledger.http.WrittenTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one event says of its run.
 *
 * @param id under which it is stored
 * @param time when it happened
 * @param job the name of the job
 * @param parent the run that started this one
 * @param nominal what it says that the run is for
 * @param interval what Airflow's facets say that the run is for
 * @param mapIndex which part of a mapped task it is; -1 for one that is not said; null for a task that is not mapped
 * @param tryNumber which attempt of the task it is
 * @param isSkip whether it says that the work was skipped
 * @param task Airflow's name of the task
 * @param dagRun Airflow's name of the DAG run, which outlives a clearing
 * @param isUnexplained whether it is of a task of Airflow and lacks the facet that tells which part of it
 * @param isDagRun whether it is about the DAG run itself
 * @param taskStates how the tasks of the DAG run ended, by task; empty where that is not said
 * @param outputs what it wrote
 * @param notes what is only shown: producer, error, inputs
 * @param by the principal that sent it
 */
record RunEvent(
        UUID id,
        RunKey run,
        EventType type,
        WrittenTime time,
        String job,
        @Nullable RunKey parent,
        @Nullable Span nominal,
        @Nullable Span interval,
        @Nullable Integer mapIndex,
        @Nullable Integer tryNumber,
        boolean isSkip,
        @Nullable String task,
        @Nullable String dagRun,
        boolean isUnexplained,
        boolean isDagRun,
        Map<String, String> taskStates,
        List<Output> outputs,
        Map<String, Object> notes,
        String by) {

    /** By time; of those at one time, what ends a run comes last, a failure after a success. The rest is for a fixed order. */
    static final Comparator<RunEvent> ORDER =
            Comparator.comparing(RunEvent::at).thenComparing(RunEvent::type).thenComparing(RunEvent::content);

    /** In the order in which they are told at one time. */
    enum EventType {
        START,
        RUNNING,
        OTHER,
        COMPLETE,
        ABORT,
        FAIL;

        boolean isOutcome() {
            return this == COMPLETE || this == ABORT || this == FAIL;
        }
    }

    /**
     * A dataset that was written.
     *
     * @param name with its namespace
     * @param recordCount null where it was not said
     */
    record Output(String name, @Nullable Long recordCount) {}

    Instant at() {
        return time.instant();
    }

    /** Whether its time says when it was; only a success must. */
    boolean isTimed() {
        return time.offset() != null || type != EventType.COMPLETE;
    }

    /** The event as it is known: the same one again is no other. */
    String identity() {
        return type + " " + at();
    }

    /** With its run: what a row tells. */
    String key() {
        return run.name() + " " + identity();
    }

    /** Tells events of one identity apart by what they say, whatever order they came in. */
    private String content() {
        return nominal + "|" + interval + "|" + mapIndex + "|" + tryNumber + "|" + parent + "|" + isSkip + "|"
                + taskStates + "|" + job + "|" + outputs;
    }
}

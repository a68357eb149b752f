package io.phaseledger.ledger;

import io.phaseledger.readiness.Status;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes a retry the same: the ledger holds at most one row of an identity, for ever, and what was said with it must be
 * the same again.
 */
final class Identity {

    private final By by;
    private final byte[] hash;

    private Identity(By by, byte[] hash) {
        this.by = by;
        this.hash = hash;
    }

    /** What tells the row from others. */
    By by() {
        return by;
    }

    /** SHA-256 of that. */
    byte[] hash() {
        return hash;
    }

    /** What tells a row from others. */
    enum By {
        KEY,
        OUTCOME_OF_EXECUTION,
        HEARTBEAT,
        CONTENT,
        NOTHING,
        HISTORY,
        RETRACTION,
        RESTATEMENT,
        RUN
    }

    /**
     * Of a report of now.
     *
     * @param metadata as it is stored, as everywhere here; null when absent
     * @param key the Idempotency-Key header; null when there was none
     * @param id of its row, if it is new
     */
    static Identity ofReport(RecordCompletion said, @Nullable String metadata, @Nullable String key, UUID id) {
        if (key != null) {
            return new Identity(By.KEY, new CanonicalForm("key").add(key).sha256());
        }
        if (said.completedAt() == null && (said.executionId() == null || said.status() == Status.RUNNING)) {
            return new Identity(By.NOTHING, new CanonicalForm("none").add(id).sha256());
        }
        return said.executionId() != null
                ? ofExecution(said, said.executionId())
                : new Identity(
                        By.CONTENT,
                        facts("content", said, metadata).add(said.completedAt()).sha256());
    }

    /** Heartbeats of one run differ by their time. */
    private static Identity ofExecution(RecordCompletion said, String executionId) {
        CanonicalForm form = new CanonicalForm("execution")
                .add(said.phase())
                .add(said.gameDate())
                .add(said.processorName())
                .add(executionId)
                .add(said.status());
        return said.status() == Status.RUNNING
                ? new Identity(By.HEARTBEAT, form.add(said.completedAt()).sha256())
                : new Identity(By.OUTCOME_OF_EXECUTION, form.sha256());
    }

    /** Of what a run of another system comes to; no header can name it. */
    static Identity ofRun(String identity) {
        return new Identity(By.RUN, new CanonicalForm("run").add(identity).sha256());
    }

    /** Of an outcome that an execution has again after another one, at a time of its own. */
    static byte[] ofRerun(CompletionRow outcome, @Nullable Instant completedAt) {
        return new CanonicalForm("rerun")
                .add(outcome.reportedPhase)
                .add(outcome.gameDate)
                .add(outcome.reportedName)
                .add(outcome.executionId)
                .add(outcome.status)
                .add(completedAt)
                .sha256();
    }

    /** Of a row of history, whose duplicates differ by when it was known. */
    static Identity ofHistory(RecordCompletion said, @Nullable String metadata, Instant insertedAt) {
        return new Identity(
                By.HISTORY,
                facts("import", said, metadata)
                        .add(said.completedAt())
                        .add(insertedAt)
                        .sha256());
    }

    /** Of the retraction of a row: asked for twice, it is the same. */
    static Identity ofRetraction(UUID retracted) {
        return new Identity(
                By.RETRACTION, new CanonicalForm("retraction").add(retracted).sha256());
    }

    /** Of a row that says another one again because its name stands for a target: asked for twice, it is the same. */
    static Identity ofRestatement(UUID said, String target) {
        return new Identity(
                By.RESTATEMENT,
                new CanonicalForm("restatement").add(said).add(target).sha256());
    }

    /** What must be the same where the identity is: the facts but {@code completed_at}. */
    static byte[] ofContent(RecordCompletion said, @Nullable String metadata) {
        return facts("facts", said, metadata).sha256();
    }

    private static CanonicalForm facts(String scheme, RecordCompletion said, @Nullable String metadata) {
        return new CanonicalForm(scheme)
                .add(said.phase())
                .add(said.gameDate())
                .add(said.processorName())
                .add(said.status())
                .add(said.recordCount())
                .add(said.expectedCount())
                .add(said.correlationId())
                .add(said.executionId())
                .add(said.startedAt())
                .add(said.incremental())
                .add(said.backfill())
                .add(said.entities())
                .add(metadata);
    }
}

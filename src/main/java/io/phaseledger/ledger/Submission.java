package io.phaseledger.ledger;

import io.phaseledger.access.Principal;
import io.phaseledger.readiness.Status;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something to be written, and what makes a retry of it the same. */
sealed interface Submission {

    /** What its row is called if it is new. */
    UUID id();

    /** The principal that sent it. */
    Principal by();

    /** The ledger holds at most one row of an identity, for ever. */
    byte[] identity();

    /** What must be the same where the identity is: the facts but {@code completed_at}. */
    byte[] content();

    /** The phase that it is about, by the names as they are recorded. */
    String phase(Names.Known names);

    /** The processor that it is about, by the names as they are recorded. */
    String processor(Names.Known names);

    /** Its part of the row. */
    void fill(CompletionRow row, Names.Known names);

    /**
     * A report of now.
     *
     * @param key the Idempotency-Key header; null when there was none
     */
    record Report(UUID id, Facts facts, @Nullable String key, Principal by) implements Submission {
        @Override
        public byte[] identity() {
            RecordCompletion said = facts.said();
            if (key != null) {
                return new CanonicalForm("key").add(key).sha256();
            }
            if (said.executionId() != null && !isUndatedHeartbeat()) {
                return ofExecution(said, said.executionId());
            }
            return said.completedAt() == null
                    ? new CanonicalForm("none").add(id).sha256()
                    : facts.addTo(new CanonicalForm("content"))
                            .add(said.completedAt())
                            .sha256();
        }

        private static byte[] ofExecution(RecordCompletion said, String executionId) {
            CanonicalForm form = new CanonicalForm("execution")
                    .add(said.phase())
                    .add(said.gameDate())
                    .add(said.processorName())
                    .add(executionId)
                    .add(said.status());
            return said.status() == Status.RUNNING
                    ? form.add(said.completedAt()).sha256()
                    : form.sha256();
        }

        /** Whether nothing was sent that tells a retry from a new report. */
        boolean isNewEveryTime() {
            RecordCompletion said = facts.said();
            return key == null && said.completedAt() == null && (said.executionId() == null || isUndatedHeartbeat());
        }

        /** Heartbeats of one run differ by their time; without one, each may be new. */
        private boolean isUndatedHeartbeat() {
            return facts.said().status() == Status.RUNNING && facts.said().completedAt() == null;
        }

        @Override
        public byte[] content() {
            return facts.addTo(new CanonicalForm("facts")).sha256();
        }

        @Override
        public String phase(Names.Known names) {
            return names.phase(facts.said().phase());
        }

        @Override
        public String processor(Names.Known names) {
            return names.processor(facts.said().processorName());
        }

        @Override
        public void fill(CompletionRow row, Names.Known names) {
            row.fill(facts, names);
        }
    }

    /** A row of history, which keeps when it was learned; its duplicates differ by that. */
    record History(UUID id, Facts facts, Instant insertedAt, Principal by) implements Submission {
        @Override
        public byte[] identity() {
            return facts.addTo(new CanonicalForm("import"))
                    .add(facts.said().completedAt())
                    .add(insertedAt)
                    .sha256();
        }

        @Override
        public byte[] content() {
            return facts.addTo(new CanonicalForm("facts")).sha256();
        }

        @Override
        public String phase(Names.Known names) {
            return names.phase(facts.said().phase());
        }

        @Override
        public String processor(Names.Known names) {
            return names.processor(facts.said().processorName());
        }

        @Override
        public void fill(CompletionRow row, Names.Known names) {
            row.fill(facts, names);
            row.importedAt = row.insertedAt;
            row.insertedAt = insertedAt;
        }
    }

    /**
     * Takes a completion out of evidence; asked twice, it is the same.
     *
     * @param metadata the reason, as JSON
     */
    record Retraction(UUID id, CompletionRow retracted, String metadata, Principal by) implements Submission {
        @Override
        public byte[] identity() {
            return new CanonicalForm("retraction").add(retracted.id).sha256();
        }

        @Override
        public byte[] content() {
            return identity();
        }

        @Override
        public String phase(Names.Known names) {
            return retracted.phase;
        }

        @Override
        public String processor(Names.Known names) {
            return retracted.processorName;
        }

        @Override
        public void fill(CompletionRow row, Names.Known names) {
            row.retract(retracted, metadata);
        }
    }
}

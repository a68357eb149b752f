package io.phaseledger.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What was reported, in the form in which it is compared and stored.
 *
 * @param metadata as compact JSON with sorted keys, so that the order of keys makes no difference; null when absent
 */
record Facts(RecordCompletion said, @Nullable String metadata) {

    /** All but {@code completed_at}. */
    CanonicalForm addTo(CanonicalForm form) {
        return form.add(said.phase())
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

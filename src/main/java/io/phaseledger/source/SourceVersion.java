package io.phaseledger.source;

import io.phaseledger.ledger.Versions;
import java.time.Instant;

/**
 * A version of a source, read once and kept; the columns are described in the migration.
 *
 * @param source the definition, compiled
 */
record SourceVersion(
        long revision,
        String name,
        int version,
        SourceDefinition definition,
        boolean removed,
        Instant insertedAt,
        String recordedBy,
        Source source)
        implements Versions.Version {

    @Override
    public boolean closes() {
        return removed;
    }
}

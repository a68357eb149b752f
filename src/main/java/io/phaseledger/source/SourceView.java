package io.phaseledger.source;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version of a source, as it is shown; what it shows can be put again. */
@Schema
record SourceView(
        String name,
        int version,
        String door,
        @Nullable String namespace,
        @Nullable String job,
        int priority,
        @Nullable String phase,
        @Nullable String processorName,
        @Nullable String timeZone,
        GameDateFrom gameDate,
        int dateOffset,
        Whole whole,
        boolean removed,
        Instant insertedAt,
        String recordedBy) {

    static SourceView of(SourceVersion version) {
        SourceDefinition definition = version.definition();
        return new SourceView(
                version.name(),
                version.version(),
                definition.door(),
                definition.namespace(),
                definition.job(),
                definition.priority(),
                definition.phase(),
                definition.processorName(),
                definition.timeZone(),
                definition.gameDate(),
                definition.dateOffset(),
                definition.whole(),
                version.removed(),
                version.insertedAt(),
                version.recordedBy());
    }
}

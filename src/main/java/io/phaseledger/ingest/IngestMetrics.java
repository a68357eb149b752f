package io.phaseledger.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.http.EnumNames;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** What came in and what became of it, counted; the codes are the ledger's own, so no sender can make labels. */
@Startup // So that its counts are there before the first: a rise from nothing is not seen.
@ApplicationScoped
class IngestMetrics {

    private final MeterProvider<Counter> messages;
    private final MeterProvider<Counter> rejections;
    private final MeterProvider<Counter> held;

    IngestMetrics(MeterRegistry registry) {
        this.messages = Counter.builder("phase_ledger.ingest")
                .description("Messages of other systems, by source and by what became of them")
                .withRegistry(registry);
        this.rejections = Counter.builder("phase_ledger.ingest.rejections")
                .description("Messages of other systems that are kept as not recorded, by source and code")
                .withRegistry(registry);
        this.held = Counter.builder("phase_ledger.ingest.held")
                .description(
                        "Messages of other systems that are kept until what they lack is known, by source and code")
                .withRegistry(registry);
        for (Door door : Door.values()) {
            for (IngestOutcome.Kind kind : IngestOutcome.Kind.values()) {
                counter(door, kind);
            }
        }
    }

    void ended(Door door, IngestOutcome.Kind kind) {
        counter(door, kind).increment();
    }

    private Counter counter(Door door, IngestOutcome.Kind kind) {
        return messages.withTags("source", EnumNames.of(door), "outcome", EnumNames.of(kind));
    }

    /** Only what was not kept before. */
    void kept(Door door, IngestOutcome.Kind kind, String code) {
        (kind == IngestOutcome.Kind.HELD ? held : rejections)
                .withTags("source", EnumNames.of(door), "code", code)
                .increment();
    }
}

package io.phaseledger.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What came in and what became of it, counted; the codes are the ledger's own, so no sender can make labels. */
@ApplicationScoped
class IngestMetrics {

    private final MeterProvider<Counter> messages;
    private final MeterProvider<Counter> rejections;

    IngestMetrics(MeterRegistry registry) {
        this.messages = Counter.builder("phase_ledger.ingest")
                .description("Messages of other systems, by source and by what became of them")
                .withRegistry(registry);
        this.rejections = Counter.builder("phase_ledger.ingest.rejections")
                .description("Messages of other systems that are kept as not recorded, by source and code")
                .withRegistry(registry);
    }

    void ended(Source source, Became.Kind kind) {
        messages.withTags("source", source.word(), "outcome", kind.word()).increment();
    }

    /** Only what was not kept before. */
    void kept(Source source, String code) {
        rejections.withTags("source", source.word(), "code", code).increment();
    }
}

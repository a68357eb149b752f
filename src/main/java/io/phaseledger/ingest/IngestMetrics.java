package io.phaseledger.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What came in and what became of it, counted; the codes are the ledger's own, so no sender can make labels. */
@ApplicationScoped
class IngestMetrics {

    private final MeterRegistry registry;

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(Source source, Became.Kind kind) {
        registry.counter("phase_ledger.ingest", "source", source.word(), "outcome", kind.word())
                .increment();
    }

    /** Only what was not kept before. */
    void kept(Source source, String code) {
        registry.counter("phase_ledger.ingest.rejections", "source", source.word(), "code", code)
                .increment();
    }
}

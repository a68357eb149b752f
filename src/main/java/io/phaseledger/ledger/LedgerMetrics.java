package io.phaseledger.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What the ledger took, counted; names that no policy reads share one label, so that no sender can make labels. */
@ApplicationScoped
class LedgerMetrics {

    private static final String UNAWAITED = "other";

    private final MeterRegistry registry;
    private final AtomicLong position = new AtomicLong();

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("phase_ledger.position", position);
    }

    /** Counts what one commit wrote and what it decided otherwise. */
    void committed(List<CompletionRow> rows, List<List<Receipt>> receipts, Names.Known names) {
        rows.forEach(row -> recorded(row, names));
        receipts.forEach(unit -> unit.forEach(receipt -> receipt.count(this)));
    }

    private void recorded(CompletionRow row, Names.Known names) {
        position.accumulateAndGet(row.position, Math::max);
        String phase = names.isAwaited(row.phase, row.processorName) ? row.phase : UNAWAITED;
        registry.counter("phase_ledger.completions", "phase", phase, "status", row.status)
                .increment();
    }

    void replayed() {
        registry.counter("phase_ledger.replays").increment();
    }

    void conflicting() {
        registry.counter("phase_ledger.conflicts").increment();
    }

    void refused(String code) {
        registry.counter("phase_ledger.refusals", "code", code).increment();
    }
}

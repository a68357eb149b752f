package io.phaseledger.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What the ledger took, counted; names that no policy reads share one label, so that no sender can make labels. */
@ApplicationScoped
class LedgerMetrics {

    private static final String UNAWAITED = "other";

    private final MeterRegistry registry;
    private final AtomicLong position = new AtomicLong();
    private final Counter replays;
    private final Counter conflicts;

    LedgerMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("phase_ledger.position", position);
        this.replays = registry.counter("phase_ledger.replays");
        this.conflicts = registry.counter("phase_ledger.conflicts");
    }

    /** Counts what one commit wrote and what it decided otherwise; a counter is looked up once a commit. */
    void committed(List<CompletionRow> rows, List<List<Receipt>> receipts, Names.Known names) {
        rows.stream()
                .collect(Collectors.groupingBy(row -> Label.of(row, names), Collectors.counting()))
                .forEach(this::recorded);
        if (!rows.isEmpty()) {
            position.accumulateAndGet(rows.get(rows.size() - 1).position, Math::max);
        }
        receipts.forEach(unit -> unit.forEach(receipt -> receipt.count(this)));
    }

    private void recorded(Label label, long times) {
        registry.counter("phase_ledger.completions", "phase", label.phase(), "status", label.status())
                .increment((double) times);
    }

    void replayed() {
        replays.increment();
    }

    void conflicting() {
        conflicts.increment();
    }

    void refused(String code) {
        registry.counter("phase_ledger.refusals", "code", code).increment();
    }

    private record Label(String phase, String status) {

        static Label of(CompletionRow row, Names.Known names) {
            String phase = names.isAwaited(row.phase, row.processorName) ? row.phase : UNAWAITED;
            return new Label(phase, row.status);
        }
    }
}

package io.phaseledger.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/** What the ledger took, counted; names that no policy reads share one label, so that no sender can make labels. */
@Startup // So that its counts are there before the first: a rise from nothing is not seen.
@ApplicationScoped
class LedgerMetrics {

    private static final String UNAWAITED = "other";

    private final MeterProvider<Counter> completions;
    private final Counter replays;
    private final Counter conflicts;
    private final MeterProvider<Counter> refusals;

    LedgerMetrics(MeterRegistry registry) {
        this.completions = Counter.builder("phase_ledger.completions")
                .description(
                        "Completions that were recorded, by phase and status; a phase is `other` if no policy awaits it")
                .withRegistry(registry);
        this.replays = Counter.builder("phase_ledger.replays")
                .description("Reports that were in the ledger already and changed nothing")
                .register(registry);
        this.conflicts = Counter.builder("phase_ledger.conflicts")
                .description("Reports that contradict one of the same identity in the ledger and were refused")
                .register(registry);
        this.refusals = Counter.builder("phase_ledger.refusals")
                .description(
                        "Reports that the ledger's clock or its rows spoke against, or that the sender may not send, by code")
                .withRegistry(registry);
    }

    /** Counts what one commit wrote and what it decided otherwise; a counter is looked up once a commit. */
    void committed(List<CompletionRow> rows, List<List<Receipt>> receipts, Names.Known names) {
        rows.stream()
                .collect(Collectors.groupingBy(row -> Label.of(row, names), Collectors.counting()))
                .forEach(this::recorded);
        receipts.forEach(unit -> unit.forEach(this::decided));
    }

    /** A new row is counted as what was written: one that was taken back is none. */
    private void decided(Receipt receipt) {
        if (receipt.problem() == null) {
            replays.increment(receipt.isNew() ? 0 : 1);
        } else if (receipt.status() == 409) {
            conflicts.increment();
        } else {
            refusals.withTag("code", receipt.problem().code()).increment();
        }
    }

    private void recorded(Label label, long times) {
        completions.withTags("phase", label.phase(), "status", label.status()).increment((double) times);
    }

    private record Label(String phase, String status) {

        static Label of(CompletionRow row, Names.Known names) {
            String phase = names.isAwaited(row.phase, row.processorName) ? row.phase : UNAWAITED;
            return new Label(phase, row.status);
        }
    }
}

package io.phaseledger.imports;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.phaseledger.database.Pulse;
import io.phaseledger.http.EnumNames;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the progress of imports and counts them. */
@Startup // So that its counts are there before the first: a rise from nothing is not seen.
@ApplicationScoped
public class Imports {

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final AtomicInteger running = new AtomicInteger();
    private final ImportTable table;
    private final ImportsConfig config;
    private final MeterProvider<Counter> lines;
    private final Pulse pulse;

    Imports(ImportTable table, ImportsConfig config, MeterRegistry registry, Pulse pulse) {
        this.pulse = pulse;
        this.table = table;
        this.config = config;
        this.lines = Counter.builder("phase_ledger.import.lines")
                .description("Lines of imports, by kind and by what became of them")
                .withRegistry(registry);
        Gauge.builder("phase_ledger.imports.running", running, AtomicInteger::get)
                .description("Imports that this instance is reading")
                .register(registry);
        for (Kind kind : Kind.values()) {
            count(kind, Tally.Counts.NONE, Tally.Counts.NONE);
        }
    }

    /**
     * Begins the progress of an import; the class that begins it closes it.
     *
     * @param tally what the import counts in
     * @throws io.phaseledger.http.Problem 503 while the database is away
     */
    public Progress begin(Kind kind, Tally tally, String principal) {
        pulse.check();
        UUID id = ids.generate();
        table.begin(id, EnumNames.of(kind), principal);
        running.incrementAndGet();
        return new Progress(this, id, kind, tally, config.logInterval());
    }

    void moved(Progress progress, Tally.Counts before, Tally.Counts now) {
        pulse.check();
        table.moved(progress.id(), now);
        count(progress.kind(), before, now);
    }

    void ended(Progress progress, Tally.Counts before, Tally.Counts now, String failure) {
        running.decrementAndGet();
        count(progress.kind(), before, now);
        // A caller that was told that the database is away must not wait for it again to have that written down.
        pulse.check();
        table.ended(progress.id(), now, failure.isEmpty() ? null : failure);
    }

    private void count(Kind kind, Tally.Counts before, Tally.Counts now) {
        count(kind, "recorded", now.recorded() - before.recorded());
        count(kind, "replayed", now.replayed() - before.replayed());
        count(kind, "rejected", now.rejected() - before.rejected());
    }

    private void count(Kind kind, String outcome, long times) {
        lines.withTags("kind", EnumNames.of(kind), "outcome", outcome).increment((double) times);
    }
}

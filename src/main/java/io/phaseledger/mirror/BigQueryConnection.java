package io.phaseledger.mirror;

import io.github.resilience4j.core.IntervalFunction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The way to BigQuery that all share, made when it is first needed, and what is the matter with it. */
@ApplicationScoped
class BigQueryConnection {

    private static final Logger LOG = Logger.getLogger(BigQueryConnection.class);
    private static final double FACTOR = 2;
    private static final double JITTER = 0.5;

    private final MirrorConfig config;
    private final IntervalFunction waits;
    private @Nullable Warehouse warehouse;
    private volatile @Nullable Trouble trouble;

    BigQueryConnection(MirrorConfig config) {
        this.config = config;
        this.waits = IntervalFunction.ofExponentialRandomBackoff(
                config.firstBackoff(), FACTOR, JITTER, config.longestBackoff());
    }

    /**
     * The table, which is there and as it must be.
     *
     * @throws MirrorTrouble when that is not so, or cannot be learned
     */
    synchronized Warehouse open() {
        if (warehouse == null) {
            warehouse = Warehouse.open(config);
        }
        warehouse.ensure();
        return warehouse;
    }

    /** How long to wait after so many failures in a row, one or more. */
    Duration after(int failures) {
        return Duration.ofMillis(waits.apply(failures));
    }

    /** Something did not work; the log is told once of the same. */
    void failed(String what, MirrorTrouble e) {
        Trouble before = trouble;
        if (before == null || !before.reason().equals(e.reason())) {
            LOG.warnf("The mirror %s stands still, %s: %s", Target.of(config).name(), what, e.reason());
        }
        trouble = new Trouble(e.reason(), e.isRefusal(), before == null ? Instant.now() : before.since());
    }

    /** It works. */
    void works() {
        if (trouble != null) {
            trouble = null;
            LOG.infof("The mirror %s goes on", Target.of(config).name());
        }
    }

    @Nullable
    Trouble trouble() {
        return trouble;
    }

    /**
     * Why this instance cannot use the table at the moment.
     *
     * @param isRefusal whether an operator must change something there
     */
    record Trouble(String reason, boolean isRefusal, Instant since) {}
}

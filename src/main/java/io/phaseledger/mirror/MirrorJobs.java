package io.phaseledger.mirror;

import io.phaseledger.database.BackgroundLoop;
import io.phaseledger.database.Pulse;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Imports and comparisons: what takes its time, on a thread of its own so that the mirror goes on meanwhile. */
@ApplicationScoped
class MirrorJobs {

    private static final Logger LOG = Logger.getLogger(MirrorJobs.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String ITSELF = "phase-ledger";

    private final MirrorConfig config;
    private final Importing importing;
    private final Comparing comparing;
    private final Checks checks;
    private final BigQueryConnection link;
    private final MirrorStatus standing;
    private final BackgroundLoop loop;

    MirrorJobs(
            MirrorConfig config,
            Importing importing,
            Comparing comparing,
            Checks checks,
            BigQueryConnection link,
            MirrorStatus standing,
            Pulse pulse) {
        this.config = config;
        this.importing = importing;
        this.comparing = comparing;
        this.checks = checks;
        this.link = link;
        this.standing = standing;
        this.loop = new BackgroundLoop(
                "mirror-chores",
                "Imports and comparisons of the mirror cannot go on at the moment",
                PAUSE,
                pulse,
                () -> step(Target.of(config)));
    }

    void start(@Observes StartupEvent event) {
        if (config.project().isPresent()) {
            standing.measure();
            loop.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        loop.stop(Mirror.STOP_BOUND);
    }

    private boolean step(Target target) {
        standing.look(target);
        compareIfDue(target);
        return importing.step(target);
    }

    private void compareIfDue(Target target) {
        if (!config.reconcileInterval().isZero()) {
            checks.beginIfDue(target, config.reconcileInterval(), ITSELF).ifPresent(check -> {
                try {
                    compare(target, check, null, null, false);
                } catch (MirrorTrouble e) {
                    link.failed("with a comparison", e);
                }
            });
        }
    }

    /** At once, for who waits for it. */
    Comparison compare(
            Target target, @Nullable LocalDate from, @Nullable LocalDate to, boolean repair, String principal) {
        Checks.Begun check = checks.begin(target, from, to, standing.cursor(target), principal);
        return compare(target, check, from, to, repair);
    }

    private Comparison compare(
            Target target, Checks.Begun check, @Nullable LocalDate from, @Nullable LocalDate to, boolean repair) {
        try {
            Comparison found = comparing.compare(target, link.open(), check.position(), from, to, repair);
            checks.finished(check.id(), found);
            tell(target, found);
            return found;
        } catch (MirrorTrouble e) {
            checks.brokeOff(check.id(), e.reason());
            throw e;
        }
    }

    /** Differences are told once each time that they are found. */
    private static void tell(Target target, Comparison found) {
        if (!found.equal() || found.foreign() > 0) {
            LOG.warnf(
                    "The mirror %s differs from the ledger: %d missing, %d extra, %d fields, %d rows of others",
                    target.name(), found.missing(), found.extra(), found.field(), found.foreign());
        }
    }
}

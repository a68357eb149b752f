package io.phaseledger.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is space for what is written. A write that fails for want of it tells, and the next that works; while none
 * comes, the pulse tries by itself.
 *
 * <p>Safe for use by any thread, and never waits.
 */
@ApplicationScoped
public class Space {

    private static final Logger LOG = Logger.getLogger(Space.class);

    /** The disk is full; a file could not be read or written. */
    private static final Set<String> NO_SPACE = Set.of("53100", "58030");

    /** Between two tries of the pulse. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private volatile @Nullable Lack lack;

    /** To be told of each write to the ledger that failed, whatever it failed of. */
    public void failed(Throwable e) {
        reason(e).ifPresent(reason -> {
            boolean isNew = lack == null;
            lack = new Lack(reason, System.nanoTime());
            if (isNew) {
                LOG.errorf("The database has no space for what is written, reports are answered 503: %s", reason);
            }
        });
    }

    /** To be told of each write to the ledger that was committed. */
    public void written() {
        if (lack != null) {
            lack = null;
            LOG.info("The database has space again for what is written");
        }
    }

    /** In the database's own words; empty while nothing is known to be lacking. */
    Optional<String> lack() {
        return Optional.ofNullable(lack).map(Lack::reason);
    }

    /** Tries a write, where one has failed and none has been tried for a while. For the thread of the pulse. */
    void tryAgain(Probe probe) {
        Lack before = lack;
        if (before == null || System.nanoTime() - before.since() < PAUSE.toNanos()) {
            return;
        }
        try {
            probe.write();
            written();
        } catch (SQLException e) {
            failed(e);
            if (reason(e).isEmpty()) {
                written(); // It failed of something else, so the next report may as well be tried.
            }
        }
    }

    private static Optional<String> reason(Throwable e) {
        return Unavailable.causes(e)
                .filter(cause ->
                        cause instanceof SQLException sql && NO_SPACE.contains(String.valueOf(sql.getSQLState())))
                .findFirst()
                .map(cause ->
                        String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    }

    /**
     * A write that failed for want of space.
     *
     * @param since when, in {@link System#nanoTime()}
     */
    private record Lack(String reason, long since) {}
}

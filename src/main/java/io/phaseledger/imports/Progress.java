package io.phaseledger.imports;

import io.phaseledger.http.EnumNames;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** How far one import has come; used by the one thread that imports. */
public final class Progress implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Progress.class);
    private static final String BROKEN_OFF =
            "it ended before its body did; the answer to its request says why, unless the client or this instance went away";

    private final Imports imports;
    private final UUID id;
    private final Kind kind;
    private final Tally tally;
    private final long logNanos;
    private final long startedAt = System.nanoTime();
    private Tally.Counts told = Tally.Counts.NONE;
    private long loggedAt = startedAt;
    private String failure = BROKEN_OFF;

    Progress(Imports imports, UUID id, Kind kind, Tally tally, Duration logInterval) {
        this.imports = imports;
        this.id = id;
        this.kind = kind;
        this.tally = tally;
        this.logNanos = logInterval.toNanos();
        LOG.infof("import %s of %s begins", id, EnumNames.of(kind));
    }

    UUID id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    /** Tells what the tally has come to; after a commit, for it must be so. */
    public void moved() {
        Tally.Counts now = tally.counts();
        imports.moved(this, told, now);
        told = now;
        if (System.nanoTime() - loggedAt >= logNanos) {
            loggedAt = System.nanoTime();
            log("goes on");
        }
    }

    /** The body came to its end. */
    public void finished() {
        failure = "";
    }

    /** Without {@link #finished} before, it has failed. */
    @Override
    public void close() {
        log(failure.isEmpty() ? "is done" : "has failed");
        imports.ended(this, told, tally.counts(), failure);
    }

    private void log(String what) {
        Tally.Counts now = tally.counts();
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        LOG.infof(
                "import %s of %s %s: line %d, %d recorded, %d replayed, %d rejected, %.0f lines/s",
                id,
                EnumNames.of(kind),
                what,
                now.lastLine(),
                now.recorded(),
                now.replayed(),
                now.rejected(),
                now.read() / seconds);
    }
}

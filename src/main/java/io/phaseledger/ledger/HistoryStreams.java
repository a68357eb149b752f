package io.phaseledger.ledger;

import io.phaseledger.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Lets so many selections stream at once, each as long as its reader is there. */
@ApplicationScoped
class HistoryStreams {

    private static final Logger LOG = Logger.getLogger(HistoryStreams.class);

    /** One of the others may have ended by then. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HistoryConfig config;
    private final Semaphore free;

    HistoryStreams(HistoryConfig config) {
        this.config = config;
        this.free = new Semaphore(config.streamLimit());
    }

    /** A body that takes its place among the others only when it begins to be written, and gives it back in any case. */
    StreamingOutput to(HttpServerRequest request, HistoryExport.Format format, HistoryExport.Selected selected) {
        return out -> {
            if (!free.tryAcquire()) {
                throw Problem.of(503, "overloaded", config.streamLimit() + " streams are under way; ask again")
                        .retryAfter(RETRY_AFTER);
            }
            try {
                write(format, selected, out, request);
            } finally {
                free.release();
            }
        };
    }

    private void write(
            HistoryExport.Format format, HistoryExport.Selected selected, OutputStream out, HttpServerRequest request)
            throws IOException {
        HistoryReader reader = new HistoryReader(out, request, config.stallTimeout());
        try {
            format.write(selected, reader);
        } catch (HistoryReader.Gone gone) {
            LOG.infof("A reader of history %s", gone.getMessage());
            reader.breakOff();
        } catch (IOException | RuntimeException e) {
            reader.breakOff();
            throw e;
        }
    }
}

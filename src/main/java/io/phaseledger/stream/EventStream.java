package io.phaseledger.stream;

import io.phaseledger.feed.Entry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What one client is told, in order: it asks for more when it has taken what it was sent, so nothing piles up here.
 *
 * <p>It holds no thread while there is nothing to tell. Safe for use by any thread.
 */
final class EventStream {

    private static final Logger LOG = Logger.getLogger(EventStream.class);

    private final EventFilter filter;
    private final EventSource source;
    private final Executor executor;
    private final LongSupplier end;
    private long position;
    private @Nullable UniEmitter<? super EventBatch> wanting;
    private boolean isReading;
    private @Nullable String ending;
    private long since = System.nanoTime();

    /**
     * A stream that has told nothing yet.
     *
     * @param position after which it begins
     * @param end up to where there is something to tell
     */
    EventStream(long position, EventFilter filter, EventSource source, Executor executor, LongSupplier end) {
        this.position = position;
        this.filter = filter;
        this.source = source;
        this.executor = executor;
        this.end = end;
    }

    /** What is to be sent next, once there is something. */
    Uni<EventBatch> next() {
        return Uni.createFrom().emitter(emitter -> {
            want(emitter);
            wake();
        });
    }

    private synchronized void want(UniEmitter<? super EventBatch> emitter) {
        wanting = emitter;
        since = System.nanoTime();
    }

    /** Something may be new, or the end has come. */
    void wake() {
        if (isToRead()) {
            executor.execute(this::read);
        }
        tell(toldAtTheEnd());
    }

    private synchronized boolean isToRead() {
        boolean read = wanting != null && !isReading && ending == null && position < end.getAsLong();
        isReading |= read;
        return read;
    }

    private synchronized @Nullable EventBatch toldAtTheEnd() {
        return ending != null && !isReading ? EventBatch.end(position, ending) : null;
    }

    private void read() {
        EventBatch told = null;
        try {
            told = page();
        } catch (RuntimeException e) {
            // The database is away, and the next sign of life looks again.
            LOG.debugf("A stream could not be read on: %s", e);
            stopReading();
            return;
        }
        stopReading();
        tell(told);
        wake();
    }

    private @Nullable EventBatch page() {
        List<Entry> entries = source.after(position());
        if (entries.isEmpty()) {
            return null;
        }
        List<EventBatch.Event> events =
                source.events(entries.stream().filter(filter::lets).toList());
        return movedTo(entries.get(entries.size() - 1).position(), events);
    }

    private synchronized @Nullable EventBatch movedTo(long last, List<EventBatch.Event> events) {
        position = last;
        return EventBatch.some(events, last);
    }

    private synchronized void stopReading() {
        isReading = false;
    }

    /** The client is told that the stream is there, unless it was told something lately. */
    void sign(Duration interval) {
        if (isQuietFor(interval)) {
            tell(EventBatch.sign(position()));
        }
        wake();
    }

    private synchronized long position() {
        return position;
    }

    private synchronized boolean isQuietFor(Duration interval) {
        return wanting != null && !isReading && System.nanoTime() - since >= interval.toNanos();
    }

    /** Whether the client has not taken for so long what it was sent. */
    synchronized boolean isStalledFor(Duration timeout) {
        return wanting == null && System.nanoTime() - since >= timeout.toNanos();
    }

    /** Ends it, and tells the client why; it may come again, from where it was. */
    void end(String why) {
        synchronized (this) {
            ending = why;
        }
        wake();
    }

    private void tell(@Nullable EventBatch told) {
        UniEmitter<? super EventBatch> emitter = told == null ? null : takeWanting();
        if (emitter != null) {
            emitter.complete(told);
        }
    }

    private synchronized @Nullable UniEmitter<? super EventBatch> takeWanting() {
        UniEmitter<? super EventBatch> emitter = wanting;
        wanting = null;
        since = System.nanoTime();
        return emitter;
    }
}

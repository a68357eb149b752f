package io.phaseledger.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.OptionalLong;

/** One page for one sink, and the cursor moved over it, in one transaction. */
@ApplicationScoped
class SinkTurn {

    private final SinkCursors cursors;
    private final FeedReader ledger;
    private final FeedConfig config;

    SinkTurn(SinkCursors cursors, FeedReader ledger, FeedConfig config) {
        this.cursors = cursors;
        this.ledger = ledger;
        this.config = config;
    }

    /**
     * Hands a sink the next page, unless another instance is about it.
     *
     * @throws RuntimeException what the sink threw; then its cursor is where it was
     */
    @Transactional
    Outcome take(Sink sink) {
        OptionalLong cursor = cursors.lock(sink.name());
        return cursor.isPresent() ? take(sink, cursor.getAsLong()) : untaken(sink.name());
    }

    private Outcome take(Sink sink, long cursor) {
        List<Entry> page = ledger.after(cursor, config.pageSize());
        sink.take(page);
        if (page.isEmpty()) {
            return new Outcome(cursor, false);
        }
        long moved = page.get(page.size() - 1).position();
        cursors.move(sink.name(), moved);
        return new Outcome(moved, page.size() == config.pageSize());
    }

    /** Another instance has the cursor, or there is none yet. */
    private Outcome untaken(String sink) {
        OptionalLong others = cursors.read(sink);
        if (others.isEmpty()) {
            cursors.begin(sink);
        }
        return new Outcome(others.orElse(0), others.isEmpty());
    }

    /**
     * What became of a turn.
     *
     * @param cursor where the sink is, whichever instance runs it
     * @param isMore whether another turn has something to do
     */
    record Outcome(long cursor, boolean isMore) {}
}

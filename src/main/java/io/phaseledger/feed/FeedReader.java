package io.phaseledger.feed;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The ledger in order, for what reads it later than the feed told of it. */
@ApplicationScoped
public class FeedReader {

    private final Statements statements;

    FeedReader(Statements statements) {
        this.statements = statements;
    }

    /** The entries that come next after a position, at most so many, in order and without a gap. */
    public List<Entry> after(long position, int limit) {
        return statements.use(connection -> Entries.after(connection, position, limit));
    }
}

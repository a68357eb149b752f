package io.phaseledger.timeliness;

import io.phaseledger.policy.PolicyBook;
import io.phaseledger.policy.SlateBook;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * From where it is looked back.
 *
 * @param asOf only what was learned by then counts
 * @param position only what was recorded up to there counts
 * @param book holds at least the versions up to that position
 */
public record Vantage(Instant asOf, long position, PolicyBook book, LedgerEnd end) {

    /** Whether all that was recorded counts. */
    boolean isAtEnd() {
        return position == end.position();
    }

    /** Whether anything was said afterwards, of an instant that had passed, since a position. */
    boolean hasDatedSince(long earlier) {
        return end.datedPosition() > earlier || book.hasDatedSince(earlier);
    }

    /** All that is known from here; at the end of the ledger as of now, so that it need not be found out again. */
    Known known(SlateBook slates, Connection connection) throws SQLException {
        return new Known(
                isAtEnd() ? end.now() : asOf, position, book, slates.upTo(position, end.slatePosition(), connection));
    }
}

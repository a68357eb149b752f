package io.phaseledger.timeliness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.phaseledger.policy.SlateBook;
import io.phaseledger.readiness.History;
import io.phaseledger.readiness.Landing;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When policies became ready for dates: read off their histories, and remembered where nothing that comes changes it.
 *
 * <p>Once a date has landed, or was on time, only what is said afterwards to have been known before can change that. So what
 * was found out up to a position holds until something dated comes behind it. What has not landed is looked for again
 * whenever the ledger has moved on.
 */
@ApplicationScoped
class Landings {

    /** Reports of each status of a cell that are read before and after it was due: enough but for what ran many times. */
    static final int FIRST = 8;

    /** The same where those do not tell; what would take even more is not found. */
    static final int MOST = 1_000;

    /** Policies and dates: some seasons of twenty policies. */
    private static final int REMEMBERED = 50_000;

    private final Cache<Wanted, Kept> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private final SlateBook slates;

    Landings(SlateBook slates) {
        this.slates = slates;
    }

    /**
     * The landings, by at most two statements, and none where all are remembered.
     *
     * @param wanted the instant of each is when it was due, not after the vantage; null for none
     */
    Map<Wanted, Landing> of(Collection<Wanted> wanted, Vantage vantage, Connection connection) throws SQLException {
        Map<Wanted, Landing> landings = new HashMap<>();
        List<Wanted> unknown = new ArrayList<>();
        for (Wanted each : wanted) {
            Kept kept = remembered.getIfPresent(each);
            if (kept != null && kept.holds(vantage)) {
                landings.put(each, kept.landing);
            } else {
                unknown.add(each);
            }
        }
        if (!unknown.isEmpty()) {
            Known known = vantage.known(slates, connection);
            List<Wanted> open = read(unknown, FIRST, known, vantage, connection, landings);
            if (!open.isEmpty()) {
                read(open, MOST, known, vantage, connection, landings);
            }
        }
        return landings;
    }

    /** Returns those of which not enough was read. */
    private List<Wanted> read(
            List<Wanted> wanted,
            int most,
            Known known,
            Vantage vantage,
            Connection connection,
            Map<Wanted, Landing> landings)
            throws SQLException {
        List<Wanted> open = new ArrayList<>();
        Histories.read(connection, known, wanted, Extent.DECIDING, most).forEach((each, history) -> {
            Landing landing = Landing.of(history, each.instant());
            landings.put(each, landing);
            if (!landing.isWhole()) {
                open.add(each);
            }
            if (vantage.isAtEnd()) {
                remembered.put(each, Kept.of(each, landing, history, vantage.end()));
            }
        });
        return open;
    }

    /**
     * A landing that was found out.
     *
     * @param position up to where it was looked for
     * @param isSettled whether only what is said afterwards changes it
     * @param until when a version of a policy that is there already takes over; null for never
     */
    private record Kept(
            Landing landing,
            long position,
            boolean isSettled,
            @Nullable Instant until) {

        static Kept of(Wanted wanted, Landing landing, History history, LedgerEnd end) {
            Instant decided = landing.decidedAt(wanted.instant());
            boolean isSettled = decided != null && !end.learnedAt().isBefore(decided);
            return new Kept(landing, end.position(), isSettled, history.nextVersionAt());
        }

        boolean holds(Vantage vantage) {
            if (vantage.position() < position || vantage.hasDatedSince(position)) {
                return false;
            }
            return isSettled
                    || (vantage.end().position() == position
                            && (until == null || vantage.end().now().isBefore(until)));
        }
    }
}

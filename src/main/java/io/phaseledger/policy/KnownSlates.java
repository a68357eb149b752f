package io.phaseledger.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.phaseledger.database.Statements;
import io.phaseledger.readiness.Slates;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Slates as they were known, up to a position: what was read of them is remembered, because it stays true for ever. */
@ApplicationScoped
public class KnownSlates {

    static final String KNOWN = "SELECT game_date, units FROM nba_orchestration.slates_known(?, ?, ?, ?, ?)";

    /** How many dates are remembered, those of each range counted by themselves. */
    private static final int REMEMBERED = 100_000;

    private final Cache<Range, Slates> remembered = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED)
            .weigher((Range range, Slates slates) -> range.days())
            .executor(Runnable::run)
            .build();

    public Slates of(Range range, Connection connection) throws SQLException {
        Slates known = remembered.getIfPresent(range);
        if (known == null) {
            known = read(range, connection);
            remembered.put(range, known);
        }
        return known;
    }

    private static Slates read(Range range, Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KNOWN)) {
            Statements.bind(select, range.from, range.to, range.withBefore, range.asOf, range.position);
            Map<LocalDate, Integer> units = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    units.put(row.getObject("game_date", LocalDate.class), row.getInt("units"));
                }
            }
            return new Slates(units);
        }
    }

    /**
     * The dates whose slates are asked for, and when they were known.
     *
     * @param withBefore whether with those before the first date, back to the nearest with work
     * @param asOf as they were known then; null for as they are
     * @param position of the newest slate that counts
     */
    public record Range(
            LocalDate from,
            LocalDate to,
            boolean withBefore,
            @Nullable Instant asOf,
            long position) {

        private int days() {
            return (int) ChronoUnit.DAYS.between(from, to) + 1;
        }
    }
}

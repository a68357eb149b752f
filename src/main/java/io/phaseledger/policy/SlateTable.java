package io.phaseledger.policy;

import io.phaseledger.readiness.Slates;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of slates: the one in force for a date at an instant is the newest that was known by then. */
@ApplicationScoped
public class SlateTable implements PanacheRepositoryBase<SlateRow, Long> {

    static final String IN_FORCE = """
            SELECT DISTINCT ON (game_date) *
            FROM nba_orchestration.slates
            WHERE game_date BETWEEN :from AND :to
              AND inserted_at <= :as_of
              AND position <= :position
            ORDER BY game_date, inserted_at DESC, position DESC
            """;

    /**
     * Steps from date to date, downwards, and stops at the first whose slate has work. Each step descends the index
     * twice; a plain query would be free to read every slate there is and sort them.
     */
    static final String PREVIOUS_WITH_WORK = """
            WITH RECURSIVE passed (game_date, units) AS (
                SELECT CAST(:before AS date), 0
                UNION ALL
                SELECT earlier.game_date,
                       (SELECT s.units
                        FROM nba_orchestration.slates s
                        WHERE s.game_date = earlier.game_date
                          AND s.inserted_at <= :as_of
                          AND s.position <= :position
                        ORDER BY s.inserted_at DESC, s.position DESC
                        LIMIT 1)
                FROM passed
                CROSS JOIN LATERAL (
                    SELECT s.game_date
                    FROM nba_orchestration.slates s
                    WHERE s.game_date < passed.game_date
                    ORDER BY s.game_date DESC
                    LIMIT 1
                ) AS earlier
                WHERE coalesce(passed.units, 0) = 0
            )
            SELECT game_date FROM passed WHERE units > 0
            """;

    /** The slates of these dates, both included, as they were known at an instant and up to a position. */
    @Transactional
    public Slates inForce(LocalDate from, LocalDate to, Instant asOf, long position) {
        Map<LocalDate, Integer> units = rows(from, to, asOf, position).stream()
                .collect(Collectors.toMap(row -> row.gameDate, row -> row.units));
        return new Slates(units);
    }

    List<SlateRow> rows(LocalDate from, LocalDate to, Instant asOf, long position) {
        return getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(IN_FORCE, SlateRow.class)
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("as_of", asOf)
                .setParameter("position", position)
                .getResultList();
    }

    /** The latest date before this one that was known to have work. */
    @Transactional
    public Optional<LocalDate> previousWithWork(LocalDate before, Instant asOf, long position) {
        return getEntityManager()
                .unwrap(org.hibernate.Session.class)
                .createNativeQuery(PREVIOUS_WITH_WORK, LocalDate.class)
                .setParameter("before", before)
                .setParameter("as_of", asOf)
                .setParameter("position", position)
                .getResultStream()
                .findFirst();
    }
}

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

    private static final String IN_FORCE = """
            SELECT DISTINCT ON (game_date) *
            FROM nba_orchestration.slates
            WHERE game_date BETWEEN :from AND :to
              AND inserted_at <= :as_of
              AND position <= :position
            ORDER BY game_date, inserted_at DESC, position DESC
            """;

    private static final String PREVIOUS_WITH_WORK = """
            SELECT s.game_date
            FROM nba_orchestration.slates s
            WHERE s.game_date < :before
              AND s.units > 0
              AND s.inserted_at <= :as_of
              AND s.position <= :position
              AND s.position = (SELECT n.position
                                FROM nba_orchestration.slates n
                                WHERE n.game_date = s.game_date
                                  AND n.inserted_at <= :as_of
                                  AND n.position <= :position
                                ORDER BY n.inserted_at DESC, n.position DESC
                                LIMIT 1)
            ORDER BY s.game_date DESC
            LIMIT 1
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

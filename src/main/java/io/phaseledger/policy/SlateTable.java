package io.phaseledger.policy;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The table of slates: the one in force for a date at an instant is the newest that was known by then. */
@ApplicationScoped
class SlateTable implements PanacheRepositoryBase<SlateRow, Long> {

    static final String IN_FORCE = """
            SELECT DISTINCT ON (game_date) *
            FROM nba_orchestration.slates
            WHERE game_date BETWEEN :from AND :to
              AND inserted_at <= :as_of
              AND position <= :position
            ORDER BY game_date, inserted_at DESC, position DESC
            """;

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
}

package io.phaseledger.policy;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** The slates at these positions, as they are shown. */
    public Map<Long, Object> shown(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : list("position in ?1", positions).stream()
                        .collect(Collectors.toMap(row -> row.position, SlateResource.SlateView::of));
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
}

package io.phaseledger.policy;

import io.phaseledger.database.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of slates: the one in force for a date at an instant is the newest that was known by then. */
@ApplicationScoped
public class SlateTable {

    private static final String IN_FORCE = """
            SELECT DISTINCT ON (game_date) *
            FROM nba_orchestration.slates
            WHERE game_date BETWEEN ? AND ?
              AND inserted_at <= ?
              AND position <= ?
            ORDER BY game_date, inserted_at DESC, position DESC
            """;

    private static final String OF_DATES = "SELECT * FROM nba_orchestration.slates WHERE game_date = ANY (?)";

    private static final String AT = "SELECT * FROM nba_orchestration.slates WHERE position = ANY (?)";

    private static final String INSERT = """
            INSERT INTO nba_orchestration.slates
                   (position, game_date, units, note, inserted_at, imported_at, recorded_by)
            SELECT * FROM unnest(?::bigint[], ?::date[], ?::integer[], ?::text[],
                                 ?::timestamptz[], ?::timestamptz[], ?::text[]) AS added (position)
            ORDER BY added.position
            """;

    private final Statements statements;

    SlateTable(Statements statements) {
        this.statements = statements;
    }

    /** The slates at these positions, as they are shown. */
    public Map<Long, Object> shown(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : statements.list(AT, SlateRow::read, (Object) positions.toArray(Long[]::new)).stream()
                        .collect(Collectors.toMap(SlateRow::position, SlateResource.SlateView::of));
    }

    /** Those in force at an instant, as if the ledger ended at a position. */
    List<SlateRow> inForce(LocalDate from, LocalDate to, Instant asOf, long position) {
        return statements.list(IN_FORCE, SlateRow::read, from, to, asOf, position);
    }

    /** All that was ever said of these dates. */
    List<SlateRow> of(Collection<LocalDate> dates) {
        return statements.list(OF_DATES, SlateRow::read, (Object) dates.toArray(LocalDate[]::new));
    }

    /** Appends rows, in the caller's transaction. */
    void insert(List<SlateRow> rows) {
        if (!rows.isEmpty()) {
            statements.update(
                    INSERT,
                    rows.stream().map(SlateRow::position).toArray(Long[]::new),
                    rows.stream().map(SlateRow::gameDate).toArray(LocalDate[]::new),
                    rows.stream().map(SlateRow::units).toArray(Integer[]::new),
                    rows.stream().map(SlateRow::note).toArray(String[]::new),
                    rows.stream().map(SlateRow::insertedAt).toArray(Instant[]::new),
                    rows.stream().map(SlateRow::importedAt).toArray(Instant[]::new),
                    rows.stream().map(SlateRow::recordedBy).toArray(String[]::new));
        }
    }
}

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
            WHERE game_date BETWEEN ? AND ? AND inserted_at <= ? AND position <= ?
            ORDER BY game_date, inserted_at DESC, position DESC
            """;

    private static final String OF_DATES = "SELECT * FROM nba_orchestration.slates WHERE game_date = ANY (?)";

    private static final String AT = "SELECT * FROM nba_orchestration.slates WHERE position = ANY (?)";

    private static final String INSERT = """
            INSERT INTO nba_orchestration.slates
                (position, game_date, units, note, inserted_at, imported_at, recorded_by)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private final Statements statements;

    SlateTable(Statements statements) {
        this.statements = statements;
    }

    List<SlateRow> inForce(LocalDate from, LocalDate to, Instant asOf, long position) {
        return statements.list(IN_FORCE, SlateRow::read, from, to, asOf, position);
    }

    /** All that was ever said of these dates. */
    List<SlateRow> of(Collection<LocalDate> dates) {
        return statements.list(OF_DATES, SlateRow::read, (Object) dates.toArray(LocalDate[]::new));
    }

    /** Slates as they are shown, by position. */
    public Map<Long, Object> at(Collection<Long> positions) {
        return positions.isEmpty()
                ? Map.of()
                : statements.list(AT, SlateRow::read, (Object) positions.toArray(Long[]::new)).stream()
                        .collect(Collectors.toMap(SlateRow::position, SlateResource.SlateView::of));
    }

    /** Appends rows whose positions were taken in the caller's transaction, under the lock. */
    void insert(List<SlateRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        int[] unused = statements.run(INSERT, insert -> {
            for (SlateRow row : rows) {
                Statements.bind(
                        insert,
                        row.position(),
                        row.gameDate(),
                        row.units(),
                        row.note(),
                        row.insertedAt(),
                        row.importedAt(),
                        row.recordedBy());
                insert.addBatch();
            }
            return insert.executeBatch();
        });
    }
}

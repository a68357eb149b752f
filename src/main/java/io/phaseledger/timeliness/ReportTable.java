package io.phaseledger.timeliness;

import io.phaseledger.database.Statements;
import io.phaseledger.http.EnumNames;
import io.phaseledger.readiness.Completion;
import io.phaseledger.readiness.EvidenceKey;
import io.phaseledger.readiness.Reported;
import io.phaseledger.readiness.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what was reported of cells in the order in which it was learned; the function {@code reported} of the migrations. */
final class ReportTable {

    static final String REPORTED = "SELECT * FROM nba_orchestration.reported(?, ?, ?, ?, ?, ?, ?, ?)";

    /** Cells and statuses that one statement asks about. */
    private static final int MAX_ASKED = 10_000;

    private ReportTable() {}

    /**
     * Reads it, by one statement for up to {@link #MAX_ASKED}.
     *
     * @param most reports of each cell, status and part
     */
    static Map<Asked, Reports> read(Connection connection, Collection<Asked> all, Instant asOf, long position, int most)
            throws SQLException {
        List<Asked> list = List.copyOf(all);
        Map<Asked, Reports> found = new HashMap<>();
        for (int from = 0; from < list.size(); from += MAX_ASKED) {
            List<Asked> some = list.subList(from, Math.min(list.size(), from + MAX_ASKED));
            try (PreparedStatement select = connection.prepareStatement(REPORTED)) {
                Statements.bind(
                        select,
                        some.stream().map(each -> each.cell.gameDate()).toArray(LocalDate[]::new),
                        some.stream().map(each -> each.cell.phase()).toArray(String[]::new),
                        some.stream().map(each -> each.cell.processorName()).toArray(String[]::new),
                        some.stream().map(each -> EnumNames.of(each.status)).toArray(String[]::new),
                        some.stream().map(Asked::instant).toArray(Instant[]::new),
                        asOf,
                        position,
                        most);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Asked asked = some.get(row.getInt("asked") - 1);
                        found.computeIfAbsent(asked, each -> new Reports(each.instant, most))
                                .add(row.getString("part"), reported(row, asked));
                    }
                }
            }
        }
        return found;
    }

    private static Reported reported(ResultSet row, Asked asked) throws SQLException {
        Completion completion = new Completion(
                row.getObject("id", UUID.class),
                row.getLong("position"),
                asked.cell,
                asked.status,
                row.getObject("record_count", Long.class),
                row.getObject("expected_count", Long.class),
                row.getBoolean("is_incremental"),
                Objects.requireNonNull(Statements.instant(row, "completed_at")),
                Objects.requireNonNull(Statements.instant(row, "inserted_at")));
        return new Reported(completion, Statements.instant(row, "retracted_at"));
    }

    /**
     * Reports that are asked for.
     *
     * @param instant as in {@link Wanted}
     */
    record Asked(EvidenceKey cell, Status status, @Nullable Instant instant) {}
}

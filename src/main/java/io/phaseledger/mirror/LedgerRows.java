package io.phaseledger.mirror;

import io.phaseledger.database.Statements;
import io.phaseledger.http.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the table in BigQuery must have, read from the ledger. */
@ApplicationScoped
class LedgerRows {

    /** Heartbeats are not history; rows that came from the table are not sent back. The parameter is the table's origin. */
    static final String MIRRORED = "c.status <> 'running' AND (c.imported_at IS NULL OR c.recorded_by <> ?)";

    /** What another writer had there before it was brought here, by what is in it: it has no id there. */
    private static final String ROW_KEY = """
            %1$s.reported_phase || '|' || %1$s.game_date || '|' || %1$s.reported_name || '|' || %1$s.status || '|'
                || coalesce(%1$s.execution_id, '~') || '|'
                || (extract(epoch FROM %1$s.completed_at) * 1000000)::bigint || '|'
                || (extract(epoch FROM %1$s.inserted_at) * 1000000)::bigint
            """;

    /** Whether a row is retracted goes by a position, so that a job which is sent again is the same. */
    private static final String ROWS = """
            SELECT c.*, r.position IS NOT NULL AS retracted,
                   CASE WHEN t.imported_at IS NOT NULL THEN %1$s END AS retracts_row,
                   CASE WHEN c.imported_at IS NOT NULL THEN %2$s END AS row_key
            FROM nba_orchestration.phase_completions AS c
            LEFT JOIN nba_orchestration.phase_completions AS r ON r.retracts = c.id AND r.position <= ?
            LEFT JOIN nba_orchestration.phase_completions AS t ON t.id = c.retracts
            WHERE %3$s AND c.position > ? AND c.position <= ?
            """.formatted(ROW_KEY.formatted("t"), ROW_KEY.formatted("c"), MIRRORED);

    private static final String PAGE = ROWS + " ORDER BY c.position LIMIT ?";
    private static final String OF_DATE = ROWS + " AND c.game_date = ? ORDER BY c.position";
    private static final String AT = ROWS + " AND c.position = ANY (?) ORDER BY c.position LIMIT ?";

    private static final String COUNT = "SELECT count(*) FROM nba_orchestration.phase_completions AS c WHERE "
            + MIRRORED + " AND c.position > ? AND c.position <= ?";

    private static final String LEDGER = """
            SELECT replace((SELECT id::text FROM nba_orchestration.phase_completions ORDER BY position LIMIT 1), '-', '')
                   || '-' || (SELECT substr(encode(row_hash, 'hex'), 1, 8) FROM nba_orchestration.phase_completions
                              WHERE position <= ? ORDER BY position DESC LIMIT 1)
            """;

    private static final String IMPORTED_KEYS = "SELECT " + ROW_KEY.formatted("c")
            + " FROM nba_orchestration.phase_completions AS c"
            + " WHERE c.imported_at IS NOT NULL AND c.game_date >= ? AND c.game_date <= ?";

    private static final String IMPORTED_DATES = "SELECT min(c.game_date), max(c.game_date)"
            + " FROM nba_orchestration.phase_completions AS c WHERE " + MIRRORED
            + " AND c.imported_at IS NOT NULL AND c.position > ? AND c.position <= ?";

    private final Statements statements;
    private final Json json;

    LedgerRows(Statements statements, Json json) {
        this.statements = statements;
        this.json = json;
    }

    /**
     * What tells a ledger from others up to a position: the id of its first row, and the end of the chain there. One that
     * was restored from a backup and went on otherwise is another.
     */
    String ledger(long until) {
        return statements.first(LEDGER, row -> row.getString(1), until).orElseThrow();
    }

    /** How many rows there are above a position and up to another. */
    long count(Target target, long after, long until) {
        return statements
                .first(COUNT, row -> row.getLong(1), target.origin(), after, until)
                .orElseThrow();
    }

    /** The next of them, rising; what is retracted is so by {@code until}. */
    List<MirroredRow> page(Target target, long after, long until, int limit) {
        return statements.list(PAGE, this::row, until, target.origin(), after, until, limit);
    }

    /** Those at some positions, as {@link #page} has them. */
    List<MirroredRow> at(Target target, List<Long> positions, long after, long until, int limit) {
        return statements.list(
                AT, this::row, until, target.origin(), after, until, positions.toArray(Long[]::new), limit);
    }

    /** All of a date up to a position. */
    List<MirroredRow> ofDate(Target target, LocalDate date, long until) {
        return statements.list(OF_DATE, this::row, until, target.origin(), 0L, until, date);
    }

    private MirroredRow row(ResultSet row) throws SQLException {
        return MirroredRow.read(row, json);
    }

    /** Rows and checksum of each date up to a position, in the order of the dates. */
    Map<LocalDate, Checksum> checksums(Target target, LocalDate from, LocalDate to, long until) {
        Map<LocalDate, Checksum> sums = new TreeMap<>();
        statements.list(
                Sql.CHECKSUMS_IN_POSTGRESQL,
                row -> sums.put(
                        LocalDate.parse(row.getString("game_date")),
                        new Checksum(row.getLong("own_rows"), row.getString("checksum"), 0)),
                from,
                to,
                until,
                target.origin());
        return sums;
    }

    /** What tells the rows apart that brought along when they were known. */
    Set<String> importedKeys(LocalDate from, LocalDate to) {
        return new HashSet<>(statements.list(IMPORTED_KEYS, row -> row.getString(1), from, to));
    }

    /** From and to which date rows of a window brought along when they were known; empty when none did. */
    List<LocalDate> importedDates(Target target, long after, long until) {
        return statements
                .first(IMPORTED_DATES, LedgerRows::dates, target.origin(), after, until)
                .orElseThrow();
    }

    private static List<LocalDate> dates(ResultSet row) throws SQLException {
        LocalDate from = row.getObject(1, LocalDate.class);
        return from == null ? List.of() : List.of(from, row.getObject(2, LocalDate.class));
    }

    /**
     * What one side has of a date.
     *
     * @param own how many rows the ledger brought, or must have brought
     * @param sum a sum over all that is in them
     * @param foreign how many rows there are of other writers
     */
    record Checksum(long own, String sum, long foreign) {

        static final Checksum NOTHING = new Checksum(0, "0", 0);

        boolean isSame(Checksum other) {
            return own == other.own && sum.equals(other.sum);
        }
    }
}

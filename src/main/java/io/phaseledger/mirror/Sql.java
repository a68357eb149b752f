package io.phaseledger.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The questions that both databases are asked, and whose answers must be the same. */
final class Sql {

    /** What tells a row without an id from others; the ledger makes the same text of a row that was imported. */
    private static final String ROW_KEY_IN_BIGQUERY = """
            CONCAT(phase, '|', CAST(game_date AS STRING), '|', processor_name, '|', status, '|',
                   COALESCE(execution_id, '~'), '|',
                   CAST(UNIX_MICROS(completed_at) AS STRING), '|', CAST(UNIX_MICROS(inserted_at) AS STRING))""";

    private static final String OWN_ID = "JSON_VALUE(metadata, '$.phase_ledger.id')";

    /** How many rows of each date there are, and a sum over all that is in them; rows of other writers apart. */
    static final String CHECKSUMS_IN_BIGQUERY = """
            SELECT CAST(game_date AS STRING) AS game_date,
                   COUNTIF(own_id IS NOT NULL) AS own_rows,
                   COUNTIF(own_id IS NULL) AS foreign_rows,
                   COALESCE(SUM(IF(own_id IS NOT NULL,
                                   CAST(CONCAT('0x', SUBSTR(TO_HEX(MD5(row_text)), 1, 10)) AS INT64), 0)), 0) AS checksum
            FROM (
                SELECT game_date,
                       %1$s AS own_id,
                       ARRAY_TO_STRING([
                           phase, CAST(game_date AS STRING), processor_name, status, CAST(record_count AS STRING),
                           correlation_id, execution_id, CAST(UNIX_MICROS(completed_at) AS STRING),
                           CAST(is_incremental AS STRING), ARRAY_TO_STRING(entities_changed, ','),
                           CAST(UNIX_MICROS(inserted_at) AS STRING), %1$s,
                           JSON_VALUE(metadata, '$.phase_ledger.position'),
                           JSON_VALUE(metadata, '$.phase_ledger.row_hash')], '|', '~') AS row_text
                FROM nba_orchestration.phase_completions
                WHERE game_date >= @game_date_from AND game_date <= @game_date_to
                  AND COALESCE(CAST(JSON_VALUE(metadata, '$.phase_ledger.position') AS INT64), 0) <= @position
            ) AS rows_of_dates
            GROUP BY game_date
            ORDER BY game_date
            """.formatted(OWN_ID);

    /** The same of the ledger: what was brought to the table up to a position. */
    static final String CHECKSUMS_IN_POSTGRESQL = """
            SELECT game_date::text AS game_date, count(*) AS own_rows,
                   sum(('x' || lpad(substr(md5(array_to_string(ARRAY[
                       phase, game_date::text, processor_name, status, record_count::text,
                       correlation_id, execution_id, (extract(epoch FROM completed_at) * 1000000)::bigint::text,
                       is_incremental::text, array_to_string(entities_changed, ','),
                       (extract(epoch FROM inserted_at) * 1000000)::bigint::text, id::text,
                       position::text, encode(row_hash, 'hex')], '|', '~')), 1, 10), 16, '0'))::bit(64)::bigint)::text
                       AS checksum
            FROM nba_orchestration.phase_completions AS c
            WHERE game_date >= ? AND game_date <= ? AND position <= ? AND %s
            GROUP BY game_date
            ORDER BY game_date
            """.formatted(LedgerRows.MIRRORED);

    private static final String ROW = """
            SELECT phase, CAST(game_date AS STRING) AS game_date, processor_name, status, record_count, correlation_id,
                   execution_id, UNIX_MICROS(completed_at) AS completed_at, is_incremental,
                   TO_JSON_STRING(entities_changed) AS entities_changed,
                   COALESCE(JSON_VALUE(metadata, '$'), TO_JSON_STRING(metadata)) AS metadata,
                   UNIX_MICROS(inserted_at) AS inserted_at
            FROM nba_orchestration.phase_completions
            WHERE game_date >= @game_date_from AND game_date <= @game_date_to
            """;

    static final String OWN_ROWS = ROW + " AND " + OWN_ID + " IS NOT NULL"
            + " AND COALESCE(CAST(JSON_VALUE(metadata, '$.phase_ledger.position') AS INT64), 0) <= @position";

    static final String ALL_ROWS = ROW + " ORDER BY game_date, inserted_at";

    static final String FOREIGN_KEYS = "SELECT CAST(game_date AS STRING) AS game_date, " + ROW_KEY_IN_BIGQUERY
            + " AS row_key FROM nba_orchestration.phase_completions"
            + " WHERE game_date >= @game_date_from AND game_date <= @game_date_to AND " + OWN_ID + " IS NULL";

    /** The views beside the table, by what their names have more than its; each may read those before it. */
    static final List<String> VIEWS = List.of("_known", "_current");

    private Sql() {}

    /**
     * What a view beside the table selects: the file of db/bigquery, from behind its AS.
     *
     * @param suffix of the view's name to the table's
     */
    static String view(String suffix) {
        String name = "/db/bigquery/phase_completions" + suffix + ".sql";
        try (InputStream file = Sql.class.getResourceAsStream(name)) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf(" AS\n") + " AS\n".length())
                    .replace(";", "")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

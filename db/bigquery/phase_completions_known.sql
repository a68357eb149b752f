-- Completions with the time during which they were valid, like the view of the same name in PostgreSQL: from inserted_at
-- until retracted_at, which is null while they are valid. The ledger's own fields, beside the twelve columns, are columns
-- here. A retraction names its row by the id that the ledger gave it or, for a row of another writer, by its content.

CREATE OR REPLACE VIEW nba_orchestration.phase_completions_known AS
SELECT c.phase, c.game_date, c.processor_name, c.status, c.record_count, c.correlation_id, c.execution_id,
       c.completed_at, COALESCE(c.is_incremental, FALSE) AS is_incremental, c.entities_changed, c.metadata,
       c.inserted_at,
       CAST(JSON_VALUE(c.metadata, '$.phase_ledger.position') AS INT64) AS position,
       JSON_VALUE(c.metadata, '$.phase_ledger.id') AS id,
       CAST(JSON_VALUE(c.metadata, '$.phase_ledger.started_at') AS TIMESTAMP) AS started_at,
       CAST(JSON_VALUE(c.metadata, '$.phase_ledger.expected_count') AS INT64) AS expected_count,
       COALESCE(CAST(JSON_VALUE(c.metadata, '$.phase_ledger.is_backfill') AS BOOL), FALSE) AS is_backfill,
       r.retracted_at
FROM nba_orchestration.phase_completions AS c
LEFT JOIN (
    SELECT game_date, what, MIN(inserted_at) AS retracted_at
    FROM (
        SELECT game_date, inserted_at, JSON_VALUE(metadata, '$.phase_ledger.retracts') AS what
        FROM nba_orchestration.phase_completions
        WHERE status = 'retracted'
        UNION ALL
        SELECT game_date, inserted_at, JSON_VALUE(metadata, '$.phase_ledger.retracts_row') AS what
        FROM nba_orchestration.phase_completions
        WHERE status = 'retracted'
    ) AS retraction
    WHERE what IS NOT NULL
    GROUP BY game_date, what
) AS r
    ON r.game_date = c.game_date
    AND r.what = COALESCE(
        JSON_VALUE(c.metadata, '$.phase_ledger.id'),
        CONCAT(c.phase, '|', CAST(c.game_date AS STRING), '|', c.processor_name, '|', c.status, '|',
               COALESCE(c.execution_id, '~'), '|',
               CAST(UNIX_MICROS(c.completed_at) AS STRING), '|', CAST(UNIX_MICROS(c.inserted_at) AS STRING)))
WHERE c.status <> 'retracted';

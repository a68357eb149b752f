-- What was said and not taken back, as the view of the same name has it in the ledger's own database. What takes a row
-- back names it by the id that the ledger gave it, or, where another writer brought the row here, by what is in it.

CREATE OR REPLACE VIEW nba_orchestration.phase_completions_current AS
SELECT c.*
FROM nba_orchestration.phase_completions AS c
LEFT JOIN (
    SELECT DISTINCT game_date, JSON_VALUE(metadata, '$.phase_ledger.retracts') AS what
    FROM nba_orchestration.phase_completions
    WHERE status = 'retracted'
    UNION DISTINCT
    SELECT game_date, JSON_VALUE(metadata, '$.phase_ledger.retracts_row')
    FROM nba_orchestration.phase_completions
    WHERE status = 'retracted' AND JSON_VALUE(metadata, '$.phase_ledger.retracts_row') IS NOT NULL
) AS r
    ON r.game_date = c.game_date
    AND r.what = COALESCE(
        JSON_VALUE(c.metadata, '$.phase_ledger.id'),
        CONCAT(c.phase, '|', CAST(c.game_date AS STRING), '|', c.processor_name, '|', c.status, '|',
               COALESCE(c.execution_id, '~'), '|',
               CAST(UNIX_MICROS(c.completed_at) AS STRING), '|', CAST(UNIX_MICROS(c.inserted_at) AS STRING)))
WHERE c.status <> 'retracted'
  AND r.what IS NULL;

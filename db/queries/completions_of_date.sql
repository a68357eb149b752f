-- The completions of a date, by phase and time, without those that were retracted.
--
--   psql -v game_date=2026-02-02 -f db/queries/completions_of_date.sql

SELECT c.phase, c.completed_at, c.processor_name, c.status, c.record_count, c.execution_id, c.inserted_at
FROM nba_orchestration.phase_completions_current c
WHERE c.game_date = CAST(:'game_date' AS date)
ORDER BY c.phase, c.completed_at, c.position;

-- For which dates a phase is done, and nothing of the next phase has come to an outcome since, for some hours.
--
--   psql -v phase=phase4 -v processors=player_daily_cache,player_composite_factors -v downstream_phase=phase5 \
--        -v hours=2 -v as_of=2026-02-03T12:00:00Z \
--        -v game_date_from=2026-02-01 -v game_date_to=2026-02-28 -f db/queries/waiting_for_downstream.sql
--
-- A phase is done when each of the processors (each named once) has first succeeded with rows; a success that wrote
-- none is no reason for anybody to begin. What ran downstream before that read older input, so it does not count and
-- is shown as ran_before; what only began is shown as running_since. Runs again of what was done change nothing.

WITH known AS (
    SELECT c.game_date, c.phase, c.processor_name, c.status, c.record_count, c.is_incremental, c.completed_at
    FROM nba_orchestration.phase_completions c
    WHERE c.kind = 'completion'
      AND c.phase IN (:'phase', :'downstream_phase')
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
      AND c.inserted_at <= CAST(:'as_of' AS timestamptz)
      AND NOT EXISTS (
          SELECT 1 FROM nba_orchestration.phase_completions r
          WHERE r.retracts = c.id AND r.inserted_at <= CAST(:'as_of' AS timestamptz))
),
landed AS (
    SELECT game_date, processor_name, min(completed_at) AS landed_at
    FROM known
    WHERE phase = :'phase'
      AND processor_name IN (SELECT name FROM unnest(string_to_array(:'processors', ',')) AS name)
      AND status = 'success'
      AND (is_incremental OR coalesce(record_count, 1) > 0)
    GROUP BY game_date, processor_name
),
done AS (
    SELECT game_date, max(landed_at) AS done_at
    FROM landed
    GROUP BY game_date
    HAVING count(*) = (SELECT count(*) FROM unnest(string_to_array(:'processors', ',')) AS name)
)
SELECT d.game_date,
       d.done_at,
       round(extract(epoch FROM CAST(:'as_of' AS timestamptz) - d.done_at) / 3600, 2)                AS hours_waited,
       max(CASE WHEN n.status = 'running' AND n.completed_at >= d.done_at THEN n.completed_at END)   AS running_since,
       max(CASE WHEN n.status <> 'running' AND n.completed_at < d.done_at THEN n.completed_at END)   AS ran_before
FROM done d
LEFT JOIN known n ON n.game_date = d.game_date AND n.phase = :'downstream_phase'
GROUP BY d.game_date, d.done_at
HAVING count(CASE WHEN n.status <> 'running' AND n.completed_at >= d.done_at THEN 1 END) = 0
   AND extract(epoch FROM CAST(:'as_of' AS timestamptz) - d.done_at) / 3600 >= CAST(:'hours' AS numeric)
ORDER BY d.game_date;

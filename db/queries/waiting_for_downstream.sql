-- Dates on which a phase is done, and no processor of the next phase has had an outcome since, for some hours.
--
--   psql -v phase=phase4 -v processors=player_daily_cache,player_composite_factors -v downstream_phase=phase5 \
--        -v hours=2 -v as_of=2026-02-03T12:00:00Z \
--        -v game_date_from=2026-02-01 -v game_date_to=2026-02-28 -f db/queries/waiting_for_downstream.sql
--
-- A phase is done when each of the processors (each named once) has first succeeded with rows; a success that wrote
-- none starts nothing. A downstream run before that read older input, so it does not count and is shown as ran_before; one
-- that only began is shown as running_since. Re-runs of a finished phase change nothing.

WITH known AS (
    SELECT c.game_date, c.phase, c.processor_name, c.status, c.record_count, c.is_incremental, c.completed_at
    FROM nba_orchestration.phase_completions_known c
    WHERE c.phase IN (:'phase', :'downstream_phase')
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
      AND c.inserted_at <= :'as_of'
      AND (c.retracted_at IS NULL OR c.retracted_at > :'as_of')
),
landed AS (
    SELECT game_date, processor_name, min(completed_at) AS landed_at
    FROM known
    WHERE phase = :'phase'
      AND strpos(',' || :'processors' || ',', ',' || processor_name || ',') > 0
      AND status = 'success'
      AND (is_incremental OR coalesce(record_count, 1) > 0)
    GROUP BY game_date, processor_name
),
done AS (
    SELECT game_date, max(landed_at) AS done_at, :'as_of' - max(landed_at) AS waited
    FROM landed
    GROUP BY game_date
    HAVING count(*) = length(:'processors') - length(replace(:'processors', ',', '')) + 1
),
timed AS (
    SELECT game_date, done_at,
           extract(DAY FROM waited) * 24 + extract(HOUR FROM waited)
               + extract(MINUTE FROM waited) / 60.0 + extract(SECOND FROM waited) / 3600.0 AS hours
    FROM done
)
SELECT t.game_date,
       t.done_at,
       round(t.hours, 2)                                                                             AS hours_waited,
       max(CASE WHEN n.status = 'running' AND n.completed_at >= t.done_at THEN n.completed_at END)   AS running_since,
       max(CASE WHEN n.status <> 'running' AND n.completed_at < t.done_at THEN n.completed_at END)   AS ran_before
FROM timed t
LEFT JOIN known n ON n.game_date = t.game_date AND n.phase = :'downstream_phase'
WHERE t.hours >= CAST(:'hours' AS numeric)
GROUP BY t.game_date, t.done_at, t.hours
HAVING count(CASE WHEN n.status <> 'running' AND n.completed_at >= t.done_at THEN 1 END) = 0
ORDER BY t.game_date;

-- For each date, when the first and the last processor of each phase landed, and how long after the phase before.
--
--   psql -v game_date_from=2026-02-01 -v game_date_to=2026-02-28 -f db/queries/phase_gaps.sql
--
-- A processor lands with its first success that wrote rows, so neither a 0-row run nor the hundred runs after it move
-- it; backfills are left out. A gap below zero means that a phase had a result before the one before it was done.

WITH landed AS (
    SELECT c.game_date, c.phase, c.processor_name, min(c.completed_at) AS landed_at
    FROM nba_orchestration.phase_completions_current c
    WHERE c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
      AND c.status = 'success'
      AND (c.is_incremental OR coalesce(c.record_count, 1) > 0)
      AND NOT c.is_backfill
    GROUP BY c.game_date, c.phase, c.processor_name
),
phases AS (
    SELECT game_date, phase, count(*) AS processors,
           min(landed_at) AS first_landed_at, max(landed_at) AS last_landed_at
    FROM landed
    GROUP BY game_date, phase
),
followed AS (
    SELECT game_date, phase, processors, first_landed_at, last_landed_at,
           lag(phase) OVER (PARTITION BY game_date ORDER BY phase) AS phase_before,
           first_landed_at - lag(last_landed_at) OVER (PARTITION BY game_date ORDER BY phase) AS gap
    FROM phases
)
SELECT game_date, phase, processors, first_landed_at, last_landed_at, phase_before,
       round(extract(DAY FROM gap) * 24 + extract(HOUR FROM gap)
             + extract(MINUTE FROM gap) / 60.0 + extract(SECOND FROM gap) / 3600.0, 2) AS gap_hours
FROM followed
ORDER BY game_date, phase;

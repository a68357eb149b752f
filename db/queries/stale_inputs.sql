-- Which runs of a consumer read input that was missing, empty or older than some hours when they began.
--
--   psql -v phase=phase5 -v processor_name=player_predictions \
--        -v input_phase=phase4 -v input_processors=player_daily_cache,player_composite_factors -v max_age_hours=6 \
--        -v game_date_from=2026-02-01 -v game_date_to=2026-02-28 -f db/queries/stale_inputs.sql
--
-- This goes by what is known now and by the processors' clocks: input that was reported late was still there, and input
-- that was retracted since was never good. A run began at started_at or, where it did not say
-- so, is judged by its completed_at. What a gate would have answered at the time, with the whole rule, is
-- GET /v1/readiness/{policy}/{game_date}?as_of={began_at}.
--
-- input_came_at is the first input with rows after the run began: run the consumer again if there is one.
--
-- Runs and inputs are put into one order of time, so that a hundred of each a day cost a hundred steps, not their
-- product.

WITH RECURSIVE listed AS (
    SELECT '' AS name, :'input_processors' || ',' AS rest
    UNION ALL
    SELECT substr(rest, 1, strpos(rest, ',') - 1), substr(rest, strpos(rest, ',') + 1) FROM listed WHERE rest <> ''
),
wanted AS (
    SELECT name FROM listed WHERE name <> ''
),
run AS (
    SELECT c.game_date, c.processor_name, c.execution_id, c.position,
           coalesce(c.started_at, c.completed_at) AS began_at
    FROM nba_orchestration.phase_completions_current c
    WHERE c.phase = :'phase'
      AND c.processor_name = :'processor_name'
      AND c.status IN ('success', 'partial')
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
),
event AS (
    SELECT c.game_date, c.processor_name AS input, c.completed_at AS happened_at, 0 AS is_run,
           c.completed_at AS input_at,
           CASE WHEN c.is_incremental OR coalesce(c.record_count, 1) > 0 THEN c.completed_at END AS with_rows_at,
           c.processor_name, c.execution_id, c.position
    FROM nba_orchestration.phase_completions_current c
    WHERE c.phase = :'input_phase'
      AND c.processor_name IN (SELECT name FROM wanted)
      AND c.status = 'success'
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
    UNION ALL
    SELECT r.game_date, w.name, r.began_at, 1, NULL, NULL, r.processor_name, r.execution_id, r.position
    FROM run r CROSS JOIN wanted w
),
seen AS (
    SELECT game_date, processor_name, execution_id, position, is_run, happened_at, input,
           max(input_at) OVER (PARTITION BY game_date, input ORDER BY happened_at, is_run
                               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)          AS newest_at,
           max(with_rows_at) OVER (PARTITION BY game_date, input ORDER BY happened_at, is_run
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)      AS newest_with_rows_at,
           min(with_rows_at) OVER (PARTITION BY game_date, input ORDER BY happened_at DESC, is_run DESC
                                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)      AS came_at
    FROM event
),
aged AS (
    SELECT game_date, processor_name, execution_id, position, happened_at AS began_at, input,
           newest_at, newest_with_rows_at, came_at, happened_at - newest_at AS age
    FROM seen
    WHERE is_run = 1
),
timed AS (
    SELECT game_date, processor_name, execution_id, position, began_at, input,
           newest_at, newest_with_rows_at, came_at,
           extract(DAY FROM age) * 24 + extract(HOUR FROM age)
               + extract(MINUTE FROM age) / 60.0 + extract(SECOND FROM age) / 3600.0 AS hours
    FROM aged
),
judged AS (
    SELECT game_date, processor_name, execution_id, position, began_at, input, newest_at, came_at, hours,
           CASE WHEN newest_at IS NULL THEN 'missing'
                WHEN newest_with_rows_at IS NULL OR newest_with_rows_at < newest_at THEN 'empty'
                WHEN hours > CAST(:'max_age_hours' AS numeric) THEN 'stale'
           END AS finding
    FROM timed
)
SELECT game_date, processor_name, execution_id, began_at, input, finding,
       newest_at AS input_completed_at, round(hours, 2) AS input_age_hours, came_at AS input_came_at
FROM judged
WHERE finding IS NOT NULL
ORDER BY game_date, began_at, position, input;

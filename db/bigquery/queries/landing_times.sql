-- At what time of day each processor lands, over a range of dates: the median, and when 19 of 20 have landed.
--
-- As db/queries/landing_times.sql; the two dialects have no common function for local time.
--
-- Hours count from midnight of the game date as a clock on the wall shows them, so 7.5 is 07:30 in winter and in
-- summer, and 26 is 02:00 of the day after. Percentiles are of the nearest rank: a time at which something did land.
-- What lands is said in phase_gaps.sql.

WITH landed AS (
    SELECT c.game_date, c.phase, c.processor_name, min(c.completed_at) AS landed_at
    FROM nba_orchestration.phase_completions_current c
    WHERE c.game_date >= CAST(@game_date_from AS date)
      AND c.game_date <= CAST(@game_date_to AS date)
      AND c.status = 'success'
      AND (c.is_incremental OR coalesce(c.record_count, 1) > 0)
      AND NOT c.is_backfill
    GROUP BY c.game_date, c.phase, c.processor_name
),
timed AS (
    SELECT phase, processor_name,
           ROUND(DATETIME_DIFF(DATETIME(landed_at, @time_zone), DATETIME(game_date), MICROSECOND) / 3600000000, 2)
               AS hour
    FROM landed
),
ranked AS (
    SELECT phase, processor_name, hour,
           cume_dist() OVER (PARTITION BY phase, processor_name ORDER BY hour) AS share
    FROM timed
)
SELECT phase, processor_name,
       count(*)                                        AS dates,
       min(CASE WHEN share >= 0.5 THEN hour END)       AS p50_hour,
       min(CASE WHEN share >= 0.95 THEN hour END)      AS p95_hour,
       max(hour)                                       AS last_hour
FROM ranked
GROUP BY phase, processor_name
ORDER BY phase, p95_hour, processor_name;

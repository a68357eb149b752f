-- Whether a processor completed for each date of a range. A date of which nothing is known is listed too.
--
--   psql -v phase=phase4 -v processor_name=player_daily_cache \
--        -v game_date_from=2026-02-01 -v game_date_to=2026-02-28 -f db/queries/completed_dates.sql
--
-- completed is yes, or: empty (its newest full success wrote no row), no_work (the slate says that the date has no
-- games), else how the newest run stands (failed, running …), else missing. A failure after a success leaves it yes.

WITH RECURSIVE dates (game_date) AS (
    SELECT CAST(:'game_date_from' AS date)
    UNION ALL
    SELECT game_date + 1 FROM dates WHERE game_date < CAST(:'game_date_to' AS date)
),
ranked AS (
    SELECT c.game_date, c.status, c.record_count, c.completed_at,
           c.status = 'success'                          AS good,
           c.status = 'success' AND NOT c.is_incremental AS good_and_full,
           row_number() OVER (PARTITION BY c.game_date, c.status = 'success'
                              ORDER BY c.completed_at DESC, c.position DESC) AS nth,
           row_number() OVER (PARTITION BY c.game_date, c.status = 'success' AND NOT c.is_incremental
                              ORDER BY c.completed_at DESC, c.position DESC) AS nth_full
    FROM nba_orchestration.phase_completions_current c
    WHERE c.phase = :'phase'
      AND c.processor_name = :'processor_name'
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
),
reported AS (
    SELECT game_date,
           max(CASE WHEN good AND nth = 1 THEN completed_at END)               AS completed_at,
           max(CASE WHEN good_and_full AND nth_full = 1 THEN record_count END) AS record_count,
           max(CASE WHEN NOT good AND nth = 1 THEN status END)                 AS otherwise
    FROM ranked
    GROUP BY game_date
),
slate AS (
    SELECT s.game_date, s.units,
           row_number() OVER (PARTITION BY s.game_date ORDER BY s.inserted_at DESC, s.position DESC) AS nth
    FROM nba_orchestration.slates s
    WHERE s.game_date >= CAST(:'game_date_from' AS date)
      AND s.game_date <= CAST(:'game_date_to' AS date)
)
SELECT d.game_date,
       CASE WHEN r.completed_at IS NOT NULL AND coalesce(r.record_count, 1) > 0 THEN 'yes'
            WHEN s.units = 0                                                    THEN 'no_work'
            WHEN r.completed_at IS NOT NULL                                     THEN 'empty'
            ELSE coalesce(r.otherwise, 'missing')
       END AS completed,
       r.completed_at,
       r.record_count,
       s.units
FROM dates d
LEFT JOIN reported r ON r.game_date = d.game_date
LEFT JOIN slate s ON s.game_date = d.game_date AND s.nth = 1
ORDER BY d.game_date;

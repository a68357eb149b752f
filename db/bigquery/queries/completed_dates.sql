-- Whether a processor completed for each date of a range. A date of which nothing is known is listed too.
--
-- As db/queries/completed_dates.sql, without what BigQuery does not have: slates, so a date without games is missing, and
-- runs that only began.

WITH dates AS (
    SELECT game_date
    FROM UNNEST(GENERATE_DATE_ARRAY(CAST(@game_date_from AS date), CAST(@game_date_to AS date))) AS game_date
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
    WHERE c.phase = @phase
      AND c.processor_name = @processor_name
      AND c.game_date >= CAST(@game_date_from AS date)
      AND c.game_date <= CAST(@game_date_to AS date)
),
reported AS (
    SELECT game_date,
           max(CASE WHEN good AND nth = 1 THEN completed_at END)               AS completed_at,
           max(CASE WHEN good_and_full AND nth_full = 1 THEN record_count END) AS record_count,
           max(CASE WHEN NOT good AND nth = 1 THEN status END)                 AS otherwise
    FROM ranked
    GROUP BY game_date
)
SELECT d.game_date,
       CASE WHEN r.completed_at IS NOT NULL AND coalesce(r.record_count, 1) > 0 THEN 'yes'
            WHEN r.completed_at IS NOT NULL                                     THEN 'empty'
            ELSE coalesce(r.otherwise, 'missing')
       END AS completed,
       r.completed_at,
       r.record_count
FROM dates d
LEFT JOIN reported r ON r.game_date = d.game_date
ORDER BY d.game_date;

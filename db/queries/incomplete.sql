-- What a policy requires and does not have yet, and for how long.
--
--   psql -v policy=phase4 -v as_of=2026-02-03T12:00:00Z \
--        -v game_date_from=2026-02-01 -v game_date_to=2026-02-03 -f db/queries/incomplete.sql
--
-- The policy is the one in force at as_of. Waiting begins with the first report for the date or, without
-- any, with the date itself in the policy's time zone; dates without games are left out. It checks only
-- whether there is an accepted row: counts, freshness and quorum are judged by GET /v1/readiness.

WITH RECURSIVE policy AS (
    SELECT v.definition
    FROM nba_orchestration.policy_versions v
    WHERE v.name = :'policy'
      AND (v.version = 1 OR v.effective_from <= CAST(:'as_of' AS timestamptz))
    ORDER BY v.effective_from DESC, v.version DESC
    LIMIT 1
),
requirement AS (
    SELECT r.value ->> 'phase'                     AS phase,
           r.value ->> 'processor_name'            AS processor_name,
           (r.value ->> 'optional') = 'true'       AS optional,
           r.value -> 'accept'                     AS accept,
           p.definition ->> 'time_zone'            AS time_zone
    FROM policy p, jsonb_array_elements(p.definition -> 'requirements') AS r
),
dates (game_date) AS (
    SELECT CAST(:'game_date_from' AS date)
    UNION ALL
    SELECT game_date + 1 FROM dates WHERE game_date < CAST(:'game_date_to' AS date)
),
known AS (
    SELECT c.game_date, c.phase, c.processor_name, c.status, c.completed_at, c.position
    FROM nba_orchestration.phase_completions c
    WHERE c.kind = 'completion'
      AND c.game_date >= CAST(:'game_date_from' AS date)
      AND c.game_date <= CAST(:'game_date_to' AS date)
      AND c.inserted_at <= CAST(:'as_of' AS timestamptz)
      AND NOT EXISTS (
          SELECT 1 FROM nba_orchestration.phase_completions r
          WHERE r.retracts = c.id AND r.inserted_at <= CAST(:'as_of' AS timestamptz))
),
begun AS (
    SELECT game_date, min(completed_at) AS first_report_at FROM known GROUP BY game_date
),
slate AS (
    SELECT s.game_date, s.units,
           row_number() OVER (PARTITION BY s.game_date ORDER BY s.inserted_at DESC, s.position DESC) AS nth
    FROM nba_orchestration.slates s
    WHERE s.game_date >= CAST(:'game_date_from' AS date)
      AND s.game_date <= CAST(:'game_date_to' AS date)
      AND s.inserted_at <= CAST(:'as_of' AS timestamptz)
),
ranked AS (
    SELECT k.game_date, k.phase, k.processor_name, k.status, k.completed_at, q.accept,
           row_number() OVER (PARTITION BY k.game_date, k.phase, k.processor_name
                              ORDER BY k.completed_at DESC, k.position DESC) AS nth
    FROM known k
    JOIN requirement q ON q.phase = k.phase AND q.processor_name = k.processor_name
),
newest AS (
    SELECT game_date, phase, processor_name,
           max(CASE WHEN nth = 1 THEN status END)                            AS status,
           max(completed_at)                                                 AS completed_at,
           count(CASE WHEN jsonb_exists(accept, status) THEN 1 END)          AS accepted
    FROM ranked
    GROUP BY game_date, phase, processor_name
),
waiting AS (
    SELECT d.game_date, q.phase, q.processor_name, q.optional,
           coalesce(n.status, 'missing') AS state,
           n.completed_at                AS last_report_at,
           coalesce(b.first_report_at, CAST(d.game_date AS timestamp) AT TIME ZONE q.time_zone) AS waiting_since
    FROM dates d
    CROSS JOIN requirement q
    LEFT JOIN begun b ON b.game_date = d.game_date
    LEFT JOIN slate s ON s.game_date = d.game_date AND s.nth = 1
    LEFT JOIN newest n ON n.game_date = d.game_date AND n.phase = q.phase AND n.processor_name = q.processor_name
    WHERE coalesce(s.units, 1) > 0
      AND coalesce(n.accepted, 0) = 0
)
SELECT game_date, phase, processor_name, optional, state, last_report_at, waiting_since,
       round(extract(epoch FROM CAST(:'as_of' AS timestamptz) - waiting_since) / 3600, 2) AS hours_waited
FROM waiting
WHERE waiting_since <= CAST(:'as_of' AS timestamptz)
ORDER BY waiting_since, game_date, phase, processor_name;

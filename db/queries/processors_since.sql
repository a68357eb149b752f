-- How many different processors of each phase had an outcome in a span of time, and which. A run that only began does
-- not count, and ten runs of one processor count as one.
--
--   psql -v since=2026-02-02T05:00:00Z -v until=2026-02-03T05:00:00Z -f db/queries/processors_since.sql
--
-- since is included, until is not. Say when "yesterday" begins: in New York that is 05:00Z in winter, 04:00Z in summer.

SELECT c.phase,
       count(DISTINCT c.processor_name)                                             AS processors,
       count(DISTINCT CASE WHEN c.status = 'success' THEN c.processor_name END)     AS succeeded,
       string_agg(DISTINCT c.processor_name, ', ' ORDER BY c.processor_name)        AS names
FROM nba_orchestration.phase_completions_current c
WHERE c.completed_at >= :'since'
  AND c.completed_at < :'until'
  AND c.status <> 'running'
GROUP BY c.phase
ORDER BY c.phase;

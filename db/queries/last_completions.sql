-- When each processor last had an outcome and when it last succeeded, and how many hours ago, as the ledger knew it at
-- an instant. It reads the whole ledger: a processor that stopped in October is still listed in February.
--
--   psql -v as_of=2026-02-03T12:00:00Z -f db/queries/last_completions.sql
--
-- Hours are exact fractions; an instant in the future counts as 0. Null: it never succeeded.

WITH known AS (
    SELECT c.phase, c.processor_name,
           max(c.completed_at)                                         AS last_completed_at,
           max(CASE WHEN c.status = 'success' THEN c.completed_at END) AS last_success_at
    FROM nba_orchestration.phase_completions_known c
    WHERE c.status <> 'running'
      AND c.inserted_at <= :'as_of'
      AND (c.retracted_at IS NULL OR c.retracted_at > :'as_of')
    GROUP BY c.phase, c.processor_name
),
aged AS (
    SELECT phase, processor_name, last_completed_at, last_success_at,
           :'as_of' - last_completed_at AS age,
           :'as_of' - last_success_at   AS age_of_success
    FROM known
)
SELECT phase, processor_name,
       last_completed_at,
       greatest(0, round(extract(DAY FROM age) * 24 + extract(HOUR FROM age)
                         + extract(MINUTE FROM age) / 60.0 + extract(SECOND FROM age) / 3600.0, 2)) AS hours_since,
       last_success_at,
       CASE WHEN last_success_at IS NOT NULL
            THEN greatest(0, round(extract(DAY FROM age_of_success) * 24 + extract(HOUR FROM age_of_success)
                                   + extract(MINUTE FROM age_of_success) / 60.0
                                   + extract(SECOND FROM age_of_success) / 3600.0, 2))
       END AS hours_since_success
FROM aged
ORDER BY last_success_at NULLS FIRST, phase, processor_name;

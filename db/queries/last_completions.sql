-- When each processor last came to an outcome and when it last succeeded, and how many hours ago, as the ledger knew it
-- at an instant. It looks back as far as the ledger goes: who fell silent in October is still listed in February.
--
--   psql -v as_of=2026-02-03T12:00:00Z -f db/queries/last_completions.sql
--
-- Hours are exact, not cut to whole ones; a clock that runs ahead counts as 0. Null: it never succeeded.

WITH known AS (
    SELECT c.phase, c.processor_name,
           max(c.completed_at)                                         AS last_completed_at,
           max(CASE WHEN c.status = 'success' THEN c.completed_at END) AS last_success_at
    FROM nba_orchestration.phase_completions c
    WHERE c.kind = 'completion'
      AND c.status <> 'running'
      AND c.inserted_at <= CAST(:'as_of' AS timestamptz)
      AND NOT EXISTS (
          SELECT 1 FROM nba_orchestration.phase_completions r
          WHERE r.retracts = c.id AND r.inserted_at <= CAST(:'as_of' AS timestamptz))
    GROUP BY c.phase, c.processor_name
)
SELECT phase, processor_name,
       last_completed_at,
       greatest(0, round(extract(epoch FROM CAST(:'as_of' AS timestamptz) - last_completed_at) / 3600, 2)) AS hours_since,
       last_success_at,
       CASE WHEN last_success_at IS NOT NULL
            THEN greatest(0, round(extract(epoch FROM CAST(:'as_of' AS timestamptz) - last_success_at) / 3600, 2))
       END AS hours_since_success
FROM known
ORDER BY last_success_at NULLS FIRST, phase, processor_name;

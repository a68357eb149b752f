-- Completions without retractions and what they retract, like the view of the same name in PostgreSQL.

CREATE OR REPLACE VIEW nba_orchestration.phase_completions_current AS
SELECT * EXCEPT (retracted_at)
FROM nba_orchestration.phase_completions_known
WHERE retracted_at IS NULL;

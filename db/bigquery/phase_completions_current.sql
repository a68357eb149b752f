-- What was said and not taken back, as the view of the same name has it in the ledger's own database.

CREATE OR REPLACE VIEW nba_orchestration.phase_completions_current AS
SELECT * EXCEPT (retracted_at)
FROM nba_orchestration.phase_completions_known
WHERE retracted_at IS NULL;

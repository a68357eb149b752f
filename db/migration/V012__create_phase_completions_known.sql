-- Completions with the time for which they were held to be true: from inserted_at until retracted_at, which is null where
-- they still are. What was known at an instant is what had been inserted by then and had not been retracted.
CREATE VIEW nba_orchestration.phase_completions_known AS
SELECT c.*, r.inserted_at AS retracted_at
FROM nba_orchestration.phase_completions c
LEFT JOIN nba_orchestration.phase_completions r ON r.retracts = c.id
WHERE c.kind = 'completion';

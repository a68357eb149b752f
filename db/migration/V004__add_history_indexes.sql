-- History is read in position order, so each of these answers its filter and the order at once. A filter without an
-- index of its own (phase, status) matches so many rows that walking back from the newest finds a page soon.

CREATE INDEX phase_completions_by_date ON nba_orchestration.phase_completions (game_date, position);

CREATE INDEX phase_completions_by_processor ON nba_orchestration.phase_completions (processor_name, position);

CREATE INDEX phase_completions_by_correlation ON nba_orchestration.phase_completions (correlation_id, position)
    WHERE correlation_id IS NOT NULL;

CREATE INDEX phase_completions_by_execution ON nba_orchestration.phase_completions (execution_id, position)
    WHERE execution_id IS NOT NULL;

-- Rows come about in the order in which they were completed, so a summary of each stretch of the table is enough to
-- find a span of time, and costs an append next to nothing.
CREATE INDEX phase_completions_by_completion ON nba_orchestration.phase_completions USING brin (completed_at);

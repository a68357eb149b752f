-- The table that people and the pipeline read. The service creates it if it is missing, and uses an existing one if it has
-- these columns.

CREATE TABLE IF NOT EXISTS nba_orchestration.phase_completions (
    phase            STRING    NOT NULL OPTIONS (description = 'The stage of the pipeline.'),
    game_date        DATE      NOT NULL OPTIONS (description = 'The business date the work was for, never the day it ran.'),
    processor_name   STRING    NOT NULL OPTIONS (description = 'The job that reports.'),
    status           STRING    NOT NULL OPTIONS (description = 'How it ended: success, partial, failed, no_data or skipped; retracted marks a retraction.'),
    record_count     INT64              OPTIONS (description = 'How many records it claims to have written; null: it did not say.'),
    correlation_id   STRING             OPTIONS (description = 'The pipeline run it belongs to.'),
    execution_id     STRING             OPTIONS (description = 'The one run of the job.'),
    completed_at     TIMESTAMP NOT NULL OPTIONS (description = "When it happened, by the processor's clock."),
    is_incremental   BOOL               OPTIONS (description = 'Whether record_count counts only what this run touched.'),
    entities_changed ARRAY<STRING>      OPTIONS (description = 'What it touched.'),
    metadata         JSON               OPTIONS (description = 'Whatever else was sent; and in phase_ledger what the ledger knows of the row beside these columns.'),
    inserted_at      TIMESTAMP NOT NULL OPTIONS (description = 'When the ledger learned of it.')
)
PARTITION BY game_date
CLUSTER BY phase, processor_name
OPTIONS (description = 'Completions of the phases of the pipeline, as Phase Ledger has them; rows of other writers have no metadata.phase_ledger.');

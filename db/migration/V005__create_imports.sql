-- How far long imports have come, for whoever waits for one. Notes of operations, not facts of the ledger: these rows
-- change, nothing is judged by them, and old ones may be deleted.

CREATE TABLE nba_orchestration.imports (
    id          uuid        NOT NULL, -- version 7, so in the order of their beginning
    kind        text        NOT NULL, -- what is imported: completions or slates
    started_at  timestamptz NOT NULL, -- by the database's clock, as the other two
    updated_at  timestamptz NOT NULL, -- when the counts were last written
    finished_at timestamptz,          -- null: it goes on, or its process is gone
    recorded    bigint      NOT NULL, -- lines that became rows
    replayed    bigint      NOT NULL, -- lines that had been recorded before
    rejected    bigint      NOT NULL, -- lines that were not taken
    last_line   bigint      NOT NULL, -- the line up to which all this is so
    failure     text,                 -- why it ended before its body did
    recorded_by text        NOT NULL, -- the principal that sent it

    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT import_kind_known CHECK (kind IN ('completions', 'slates')),
    CONSTRAINT import_updated_after_start CHECK (updated_at >= started_at),
    CONSTRAINT import_failed_once_finished CHECK (failure IS NULL OR finished_at IS NOT NULL),
    CONSTRAINT import_counts_not_negative
        CHECK (recorded >= 0 AND replayed >= 0 AND rejected >= 0 AND last_line >= 0)
);

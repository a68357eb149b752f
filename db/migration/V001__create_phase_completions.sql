-- The ledger. The first twelve columns are those of the BigQuery table of the same name, with the same names and
-- meanings, so that a query which people have runs unchanged on either. The rest is the ledger's own.
--
-- Rows are appended under one advisory lock (number 1346454356, "PALT" in ASCII): take the lock in a statement of its
-- own, then read ledger_head, then insert. So position order is commit order, and whoever reads "position > cursor"
-- misses nothing. There is no sequence, because a sequence leaves gaps and hands out numbers before their commit.
--
-- Flyway makes the schema, nba_orchestration, because its own history is kept there too.
--
-- Plain text and CHECKs instead of enums: BigQuery has none, and a new status must not need a table lock.

CREATE TABLE nba_orchestration.phase_completions (
    phase            text        NOT NULL, -- the stage of the pipeline, by its canonical name
    game_date        date        NOT NULL, -- the business date the work was for, never the day it ran
    processor_name   text        NOT NULL, -- the job that reports, by its canonical name
    status           text        NOT NULL, -- how it ended; running is a heartbeat, retracted marks a retraction
    record_count     bigint,               -- how many records it claims to have written; null: it did not say
    correlation_id   text,                 -- the pipeline run it belongs to
    execution_id     text,                 -- the one run of the job
    completed_at     timestamptz NOT NULL, -- when it happened, by the processor's clock
    is_incremental   boolean     NOT NULL, -- whether record_count counts only what this run touched
    entities_changed text[]      NOT NULL, -- what it touched; empty, never null
    metadata         json,                 -- whatever else was sent, as sorted compact JSON; json keeps every digit
    inserted_at      timestamptz NOT NULL, -- when the ledger learned of it; history that is imported brings its own
    position         bigint      NOT NULL, -- place in the one order shared with policy versions and slates
    id               uuid        NOT NULL, -- UUIDv7 (RFC 9562)
    kind             text        NOT NULL, -- completion or retraction
    retracts         uuid,                 -- the completion that this row takes out of evidence
    reported_phase   text        NOT NULL, -- the phase as it was sent
    reported_name    text        NOT NULL, -- the processor as it was sent
    started_at       timestamptz,          -- when the work began, by the processor's clock
    expected_count   bigint,               -- the denominator that the processor knows
    is_backfill      boolean     NOT NULL, -- whether it filled history
    identity_key     bytea       NOT NULL, -- SHA-256 of what makes a retry the same report
    content_hash     bytea       NOT NULL, -- SHA-256 of the facts but completed_at: the same identity must have the same
    recorded_by      text        NOT NULL, -- the principal that sent it
    imported_at      timestamptz,          -- by the database's clock, where inserted_at was brought along
    prev_hash        bytea       NOT NULL, -- row_hash of the row before; 32 zero bytes before the first
    row_hash         bytea       NOT NULL, -- SHA-256 of the row with prev_hash: db/queries/verify_chain.sql has the form

    CONSTRAINT phase_completions_pkey PRIMARY KEY (position),
    CONSTRAINT phase_completions_id_key UNIQUE (id),
    CONSTRAINT phase_completions_identity_key UNIQUE (identity_key),
    CONSTRAINT phase_completions_retracts_fkey FOREIGN KEY (retracts) REFERENCES nba_orchestration.phase_completions (id),
    CONSTRAINT position_from_one CHECK (position >= 1),
    CONSTRAINT kind_known CHECK (kind IN ('completion', 'retraction')),
    CONSTRAINT status_known
        CHECK (status IN ('success', 'partial', 'failed', 'no_data', 'skipped', 'running', 'retracted')),
    CONSTRAINT retraction_iff_retracts CHECK ((kind = 'retraction') = (retracts IS NOT NULL)),
    CONSTRAINT retraction_iff_retracted CHECK ((kind = 'retraction') = (status = 'retracted')),
    CONSTRAINT counts_not_negative CHECK (record_count >= 0 AND expected_count >= 0),
    CONSTRAINT imported_after_inserted CHECK (imported_at >= inserted_at),
    CONSTRAINT completed_about_before_inserted CHECK (completed_at - inserted_at <= interval '5 minutes'),
    CONSTRAINT hashes_are_sha256 CHECK (
        octet_length(identity_key) = 32 AND octet_length(content_hash) = 32
        AND octet_length(prev_hash) = 32 AND octet_length(row_hash) = 32)
);

-- Finds the newest row of each status of a processor for a date by one descent, however often it ran. It leads with
-- the date because people ask for a date first. inserted_at rides along so that as-of is judged within the index.
CREATE INDEX phase_completions_newest ON nba_orchestration.phase_completions
    (game_date, phase, processor_name, status, is_incremental, completed_at DESC, position DESC)
    INCLUDE (inserted_at)
    WHERE kind = 'completion';

CREATE UNIQUE INDEX phase_completions_retracted_once ON nba_orchestration.phase_completions (retracts)
    WHERE retracts IS NOT NULL;

-- What was said and not taken back.
CREATE VIEW nba_orchestration.phase_completions_current AS
SELECT c.*
FROM nba_orchestration.phase_completions c
WHERE c.kind = 'completion'
  AND NOT EXISTS (SELECT 1 FROM nba_orchestration.phase_completions r WHERE r.retracts = c.id);

CREATE FUNCTION nba_orchestration.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: it is append-only, a correction is a new row',
        TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.phase_completions
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
-- ALWAYS, or a session that plays a replica (session_replication_role) would pass it by.
ALTER TABLE nba_orchestration.phase_completions ENABLE ALWAYS TRIGGER append_only;

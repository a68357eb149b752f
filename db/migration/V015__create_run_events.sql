-- What the runs of other systems said, and which rows that came to. Nothing here is read to answer a question about
-- readiness; it is kept so that what comes later can be understood with what came before, and deleted after a time.

CREATE TABLE nba_orchestration.run_events (
    id            uuid        NOT NULL, -- UUIDv7
    namespace     text        NOT NULL, -- of the job; with run_id it names the run
    run_id        text        NOT NULL, -- the run, as its sender names it
    event_type    text        NOT NULL, -- what happened to the run
    event_time    text        NOT NULL, -- when, as it was written
    content_hash  bytea       NOT NULL, -- SHA-256 of facts: an event that comes again says the same
    source        text        NOT NULL, -- by which way it came first
    message_id    text        NOT NULL, -- what it was known by there
    subscription  text,                 -- of Pub/Sub, the one that delivered it first
    body          text        NOT NULL, -- all of the event
    facts         text        NOT NULL, -- what is read of it
    received_at   timestamptz NOT NULL, -- when it came first, by the database's clock
    received_by   text        NOT NULL, -- the principal that sent it
    outcome       text,                 -- what became of it; null: it has not been worked out
    code          text,                 -- why it has no row, or that this tells of a part of a date; for programs
    detail        text,                 -- and for people
    completion_id uuid,                 -- the row that tells of it
    dismissed_at  timestamptz,          -- since when it is not to be read; null: it is
    dismissed_by  text,                 -- the principal that said so

    CONSTRAINT run_events_pkey PRIMARY KEY (id),
    CONSTRAINT run_event_once UNIQUE (namespace, run_id, event_type, event_time, content_hash),
    CONSTRAINT run_event_source_known CHECK (source IN ('pubsub', 'cloudevents', 'openlineage')),
    CONSTRAINT run_event_outcome_known
        CHECK (outcome IN ('recorded', 'already_recorded', 'held', 'rejected', 'ignored')),
    CONSTRAINT run_event_code_where_none CHECK (code IS NOT NULL OR outcome IS NULL OR outcome NOT IN ('held', 'rejected')),
    CONSTRAINT run_event_dismissed_by CHECK ((dismissed_at IS NULL) = (dismissed_by IS NULL))
);

-- Lists what is held or rejected, the newest first.
CREATE INDEX run_events_kept ON nba_orchestration.run_events (id) WHERE outcome IN ('held', 'rejected');
CREATE INDEX run_events_unsure ON nba_orchestration.run_events (namespace, run_id) WHERE code IS NOT NULL;
CREATE INDEX run_events_received ON nba_orchestration.run_events (received_at);

CREATE TABLE nba_orchestration.runs (
    namespace  text        NOT NULL,
    run_id     text        NOT NULL,
    pending    uuid,                 -- which event or change its rows have not been worked out since; null: none
    names      text[]      NOT NULL, -- by which other runs name it as their parent
    parents    text[]      NOT NULL, -- those that it names
    groups     text[]      NOT NULL, -- the runs that become whole together with it, each group by its name
    restate    text,                 -- the source under which all is to be said again; null: none
    updated_at timestamptz NOT NULL, -- when the newest event of it came

    CONSTRAINT runs_pkey PRIMARY KEY (namespace, run_id)
);

CREATE INDEX runs_pending ON nba_orchestration.runs (pending) WHERE pending IS NOT NULL;
CREATE INDEX runs_names ON nba_orchestration.runs USING gin (names);
CREATE INDEX runs_parents ON nba_orchestration.runs USING gin (parents);
CREATE INDEX runs_groups ON nba_orchestration.runs USING gin (groups);
CREATE INDEX runs_updated ON nba_orchestration.runs (updated_at);

-- The rows of the ledger that come of runs.
CREATE TABLE nba_orchestration.run_rows (
    completion_id  uuid    NOT NULL, -- the row
    target         text    NOT NULL, -- what it was worked out with: a run, or the parts of a date
    fact           text    NOT NULL, -- what it tells, however the job is understood
    content_hash   bytea   NOT NULL, -- SHA-256 of all that it must say to stay
    interpretation text    NOT NULL, -- how the job was understood
    is_withdrawn   boolean NOT NULL, -- whether it was retracted because it no longer followed

    CONSTRAINT run_rows_pkey PRIMARY KEY (completion_id)
);

CREATE INDEX run_rows_target ON nba_orchestration.run_rows (target);

ALTER TABLE nba_orchestration.ingest_rejections
    ADD COLUMN dismissed_at timestamptz, -- since when it is not to be listed; null: it is
    ADD COLUMN dismissed_by text;        -- the principal that said so

-- What was not recorded when it came, by whichever way, and what became of it.
CREATE VIEW nba_orchestration.ingest_kept AS
SELECT id, 'rejected' AS outcome, source, message_id, subscription, body, code, detail, errors, received_at, received_by,
       retried_at, retried_by, retry_outcome, retry_detail, completion_id, dismissed_at, dismissed_by
FROM nba_orchestration.ingest_rejections
UNION ALL
SELECT id, outcome, source, message_id, subscription, body,
       CASE WHEN outcome IN ('held', 'rejected') THEN code ELSE '' END, coalesce(detail, ''), '[]'::json,
       received_at, received_by, NULL, NULL, NULL, NULL, completion_id, dismissed_at, dismissed_by
FROM nba_orchestration.run_events
WHERE outcome IS NOT NULL;

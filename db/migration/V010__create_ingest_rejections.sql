-- Messages that came and were not recorded, kept so that nothing is lost: whoever sent them was answered that they are
-- here. Notes of operations: a retry changes what became of one, and what is recorded stands in the ledger.

CREATE TABLE nba_orchestration.ingest_rejections (
    id            uuid        NOT NULL, -- UUIDv7
    source        text        NOT NULL, -- by which way it came
    message_id    text        NOT NULL, -- what it is known by there
    subscription  text,                 -- of Pub/Sub, the one that delivered it first
    body          text        NOT NULL, -- all of it, as a retry reads it
    code          text        NOT NULL, -- why it was not recorded, for programs
    detail        text        NOT NULL, -- and for people
    errors        json        NOT NULL, -- each field that is at fault
    received_at   timestamptz NOT NULL, -- when it came first, by the database's clock
    received_by   text        NOT NULL, -- the principal that sent it
    retried_at    timestamptz,          -- when it was tried again, the last time; null: it was not
    retried_by    text,                 -- the principal that asked for that
    retry_outcome text,                 -- what became of it: a word, or the code of why not
    retry_detail  text,                 -- why not, for people
    completion_id uuid,                 -- its row in the ledger; null: it has none yet

    CONSTRAINT ingest_rejections_pkey PRIMARY KEY (id),
    CONSTRAINT rejected_once UNIQUE (source, message_id),
    CONSTRAINT source_known CHECK (source IN ('pubsub', 'cloudevents', 'openlineage')),
    CONSTRAINT retry_whole CHECK ((retried_at IS NULL) = (retry_outcome IS NULL)
        AND (retried_at IS NULL) = (retried_by IS NULL)),
    CONSTRAINT resolved_by_retry CHECK (completion_id IS NULL OR retried_at IS NOT NULL)
);

CREATE INDEX ingest_rejections_open ON nba_orchestration.ingest_rejections (id) WHERE completion_id IS NULL;

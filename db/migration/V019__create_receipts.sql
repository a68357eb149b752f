-- What consumers were told before they began: who asked, and the answer. A consumer that keeps the id of its receipt beside
-- what it makes can show later by which answer it began. Append-only, and kept for ever like the ledger: a receipt that was
-- thrown away proves nothing. A season has about as many of them as it has runs.
--
-- They take no position: nothing that is asked depends on them. Each says where the ledger ended.

CREATE TABLE nba_orchestration.receipts (
    id                uuid        NOT NULL, -- UUIDv7 (RFC 9562)
    consumer          text        NOT NULL, -- the processor that asked, by its canonical name
    reported_consumer text        NOT NULL, -- the same as it was sent first
    principal         text        NOT NULL, -- the principal that asked first
    policy            text        NOT NULL, -- the policy
    policy_version    integer     NOT NULL, -- the version of it that answered
    game_date         date        NOT NULL, -- the date
    etag              text        NOT NULL, -- what two answers must have in common to be one
    mode              text        NOT NULL, -- live or backfill
    within            text,                 -- what the first question said of age instead of the policy, as ISO 8601
    applies           text,                 -- and for which dates it matters
    state             text        NOT NULL, -- the answer
    reasons           text[]      NOT NULL, -- why not, in codes; empty unless not_ready
    data_age_seconds  numeric,              -- the age of the oldest row that decided; null: none did
    completion_ids    uuid[]      NOT NULL, -- the rows that decided, in the order of the policy
    as_of             timestamptz NOT NULL, -- the instant that the answer is about; with position it gives it again
    position          bigint      NOT NULL, -- where the ledger ended
    row_hash          text        NOT NULL, -- the hash of the rows up to there, as ledger_hash gives it
    inserted_at       timestamptz NOT NULL, -- when it was stored

    CONSTRAINT receipts_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_once UNIQUE (policy, game_date, consumer, etag),
    CONSTRAINT receipt_mode_known CHECK (mode IN ('live', 'backfill')),
    CONSTRAINT receipt_state_known CHECK (state IN ('ready', 'not_ready', 'not_applicable', 'bypassed')),
    CONSTRAINT reasons_iff_not_ready CHECK ((state = 'not_ready') = (cardinality(reasons) > 0)),
    CONSTRAINT receipt_position_not_negative CHECK (position >= 0)
);

CREATE INDEX receipts_of_consumer ON nba_orchestration.receipts (consumer, id);
CREATE INDEX receipts_of_date ON nba_orchestration.receipts (game_date, id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.receipts
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.receipts ENABLE ALWAYS TRIGGER append_only;

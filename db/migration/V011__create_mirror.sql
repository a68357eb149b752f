-- What the copy in BigQuery has been given, is being given and was found to have. Notes of operations, not facts of the
-- ledger: these rows change, and nothing is judged by them. How far the copy has come is a cursor of the feed.

CREATE TABLE nba_orchestration.mirror_jobs (
    id            uuid        NOT NULL, -- UUIDv7
    target        text        NOT NULL, -- the table: project.dataset.table
    kind          text        NOT NULL, -- window: what comes next; repair: what was found missing
    from_position bigint      NOT NULL, -- it brings what is above this position
    to_position   bigint      NOT NULL, -- and not above this one
    positions     bigint[],             -- of a repair: only these
    row_count     bigint      NOT NULL, -- how many rows that is
    attempt       integer     NOT NULL, -- from 1; raised by a definite failure only
    job_id        text        NOT NULL, -- what BigQuery knows it by: the same for as long as its outcome is not known
    state         text        NOT NULL, -- open: its outcome is not known; done; failed: it definitely loaded nothing
    created_at    timestamptz NOT NULL, -- by the database's clock, as the others
    submitted_at  timestamptz,          -- when it was first about to be sent; null: it never was
    finished_at   timestamptz,          -- when its outcome became known
    next_at       timestamptz NOT NULL, -- not to be looked at before
    tries         integer     NOT NULL, -- how often nothing could be learned of it, in a row
    error         text,                 -- what went wrong, the last time that something did
    lease_holder  uuid,                 -- the instance that is about it
    lease_until   timestamptz,          -- and until when that counts if nothing is heard of the instance

    CONSTRAINT mirror_jobs_pkey PRIMARY KEY (id),
    CONSTRAINT mirror_job_once UNIQUE (job_id),
    CONSTRAINT mirror_job_kind_known CHECK (kind IN ('window', 'repair')),
    CONSTRAINT mirror_job_state_known CHECK (state IN ('open', 'done', 'failed')),
    CONSTRAINT mirror_job_upwards CHECK (from_position < to_position AND from_position >= 0),
    CONSTRAINT mirror_job_positions CHECK ((kind = 'repair') = (positions IS NOT NULL)),
    CONSTRAINT mirror_job_attempts CHECK (attempt >= 1 AND tries >= 0),
    CONSTRAINT mirror_job_finished CHECK ((state = 'open') = (finished_at IS NULL)),
    CONSTRAINT mirror_job_leased CHECK ((lease_holder IS NULL) = (lease_until IS NULL))
);

-- What has not come to an end yet comes before anything else.
CREATE UNIQUE INDEX mirror_jobs_open ON nba_orchestration.mirror_jobs (target) WHERE state = 'open';
CREATE INDEX mirror_jobs_submitted ON nba_orchestration.mirror_jobs (target, submitted_at DESC);

CREATE TABLE nba_orchestration.mirror_imports (
    id             uuid        NOT NULL, -- UUIDv7
    target         text        NOT NULL, -- the table that is read
    game_date_from date        NOT NULL, -- from this date
    game_date_to   date        NOT NULL, -- to this one
    next_date      date        NOT NULL, -- all before it is done
    recorded       bigint      NOT NULL, -- rows that became rows of the ledger
    replayed       bigint      NOT NULL, -- rows that the ledger had
    rejected       bigint      NOT NULL, -- rows that it did not take
    own            bigint      NOT NULL, -- rows that the ledger itself had brought there
    rejections     json        NOT NULL, -- the first of those that it did not take, and why
    requested_by   text        NOT NULL, -- the principal
    started_at     timestamptz NOT NULL, -- by the database's clock, as the others
    updated_at     timestamptz NOT NULL,
    finished_at    timestamptz,          -- null: it goes on
    error          text,                 -- why it stands still; null: it does not
    lease_holder   uuid,                 -- the instance that reads
    lease_until    timestamptz,          -- and until when that counts if nothing is heard of the instance

    CONSTRAINT mirror_imports_pkey PRIMARY KEY (id),
    CONSTRAINT mirror_import_dates CHECK (game_date_from <= game_date_to),
    CONSTRAINT mirror_import_counts CHECK (recorded >= 0 AND replayed >= 0 AND rejected >= 0 AND own >= 0),
    CONSTRAINT mirror_import_leased CHECK ((lease_holder IS NULL) = (lease_until IS NULL))
);

CREATE TABLE nba_orchestration.mirror_checks (
    id             uuid        NOT NULL, -- UUIDv7
    target         text        NOT NULL, -- the table that was compared
    game_date_from date,                 -- from this date; null: from the first
    game_date_to   date,                 -- to this one; null: to the last
    position       bigint      NOT NULL, -- what the table had been given by then
    requested_by   text        NOT NULL, -- the principal
    started_at     timestamptz NOT NULL, -- by the database's clock
    finished_at    timestamptz,          -- null: it goes on, or its process is gone
    missing        bigint,               -- rows that the table lacks; null before it is finished, as the others
    extra          bigint,               -- rows with a position of this ledger's that it did not write, or twice
    field          bigint,               -- rows that differ
    foreign_rows   bigint,               -- rows of other writers that the ledger does not know
    error          text,                 -- why it came to no end

    CONSTRAINT mirror_checks_pkey PRIMARY KEY (id)
);

CREATE INDEX mirror_checks_newest ON nba_orchestration.mirror_checks (target, started_at DESC);

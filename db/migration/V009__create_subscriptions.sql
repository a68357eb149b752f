-- Who is called when something is added to the ledger, and each call that is owed to them. These are notes of operations:
-- rows change, and what is told stands in the ledger itself.

CREATE TABLE nba_orchestration.subscriptions (
    id             uuid        NOT NULL, -- UUIDv7
    description    text,                 -- for people
    url            text,                 -- whom to POST to; null where a topic is published to
    pubsub_topic   text,                 -- the topic to publish to; null where a URL is called
    events         text[]      NOT NULL, -- which events are wanted, by their names
    policies       text[]      NOT NULL, -- of events about a policy, only these; empty: all
    phases         text[]      NOT NULL, -- of events about a phase, only these; empty: all
    game_date_from date,                 -- of events about a date, only those from this one on
    deliver        text        NOT NULL, -- of changes of readiness: every one, the first for a date, or when it has settled
    settle_seconds bigint,               -- how long a verdict must have stood to have settled
    include        text[]      NOT NULL, -- what is told although it is no news: imports, backfill, past
    secret         text,                 -- what calls are signed with; null for a topic
    previous_secret text,                -- and what they were signed with before, for a while
    previous_secret_until timestamptz,   -- until when
    enabled        boolean     NOT NULL, -- whether calls are made; what is owed is kept meanwhile
    disabled_reason text,                -- why not: by_request, gone (410), dead (given up)
    disabled_at    timestamptz,          -- since when not
    created_at     timestamptz NOT NULL,
    created_by     text        NOT NULL, -- the principal
    updated_at     timestamptz NOT NULL, -- when somebody last changed it
    deleted_at     timestamptz,          -- when it was taken away; null: it was not
    started_after  bigint      NOT NULL, -- what took a position up to here is not told
    last_sequence  bigint,               -- of the newest call that it was owed
    lease_holder   uuid,                 -- the instance that makes its calls at the moment
    lease_until    timestamptz,          -- and until when that counts if nothing is heard of the instance

    CONSTRAINT subscriptions_pkey PRIMARY KEY (id),
    CONSTRAINT one_target CHECK ((url IS NULL) <> (pubsub_topic IS NULL)),
    CONSTRAINT url_signed CHECK (url IS NULL OR secret IS NOT NULL OR deleted_at IS NOT NULL),
    CONSTRAINT something_wanted CHECK (cardinality(events) > 0),
    CONSTRAINT deliver_known CHECK (deliver IN ('every', 'first', 'settled')),
    CONSTRAINT settle_where_settled CHECK ((settle_seconds IS NOT NULL) = (deliver = 'settled')),
    CONSTRAINT include_known CHECK (include <@ ARRAY['imports', 'backfill', 'past']),
    CONSTRAINT previous_secret_ends CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
    CONSTRAINT disabled_with_reason CHECK (enabled = (disabled_reason IS NULL) AND enabled = (disabled_at IS NULL)),
    CONSTRAINT reason_known CHECK (disabled_reason IN ('by_request', 'gone', 'dead')),
    CONSTRAINT lease_whole CHECK ((lease_holder IS NULL) = (lease_until IS NULL))
);

-- What each subscription is owed. The id gives the order of a subscription: its calls are made one after another.
CREATE TABLE nba_orchestration.deliveries (
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    subscription_id uuid        NOT NULL, -- whose it is
    sequence        bigint      NOT NULL, -- the position of what is told
    previous_sequence bigint,             -- of the call before this one to the same subscription; null: the first
    event           text        NOT NULL, -- what happened, by its name
    effect          text        NOT NULL, -- what the receiver knows it by, however often it comes
    status          text        NOT NULL, -- pending, delivered, dead (given up), skipped (by request)
    created_at      timestamptz NOT NULL, -- since when it is owed
    attempts        integer     NOT NULL, -- how often it was tried in this round: another begins when it is replayed
    first_attempt_at timestamptz,         -- of this round
    last_attempt_at timestamptz,
    next_attempt_at timestamptz,          -- when it is tried, at the earliest; null unless pending
    delivered_at    timestamptz,          -- when it was taken, the last time
    code            integer,              -- the HTTP status that came last; null: none did
    response        text,                 -- the first 500 bytes of the answer that came last
    error           text,                 -- why the last attempt failed

    CONSTRAINT deliveries_pkey PRIMARY KEY (id),
    CONSTRAINT deliveries_subscription_fkey FOREIGN KEY (subscription_id) REFERENCES nba_orchestration.subscriptions (id),
    CONSTRAINT deliveries_effect_once UNIQUE (subscription_id, effect),
    CONSTRAINT status_known CHECK (status IN ('pending', 'delivered', 'dead', 'skipped')),
    CONSTRAINT pending_has_time CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);

CREATE INDEX deliveries_pending ON nba_orchestration.deliveries (subscription_id, id) WHERE status = 'pending';
CREATE INDEX deliveries_newest ON nba_orchestration.deliveries (subscription_id, id DESC);

-- Verdicts that became ready, for subscriptions that want to know once they have stood for a while.
CREATE TABLE nba_orchestration.settling (
    subscription_id uuid        NOT NULL, -- who wants to know
    policy          text        NOT NULL, -- of which verdict
    game_date       date        NOT NULL, -- for which date
    event           text        NOT NULL, -- what will be told
    position        bigint      NOT NULL, -- of the change that it stands since
    due_at          timestamptz,          -- when it has settled; null: it has, or it changed before

    CONSTRAINT settling_pkey PRIMARY KEY (subscription_id, policy, game_date),
    CONSTRAINT settling_subscription_fkey FOREIGN KEY (subscription_id) REFERENCES nba_orchestration.subscriptions (id)
);

CREATE INDEX settling_due ON nba_orchestration.settling (due_at) WHERE due_at IS NOT NULL;

-- Of what a change of readiness came, where that is news only to those who include it: of the entry with the fewest of them.
ALTER TABLE nba_orchestration.readiness_changes
    ADD COLUMN is_imported boolean NOT NULL DEFAULT false, -- of something that brought along when it was known
    ADD COLUMN is_backfill boolean NOT NULL DEFAULT false, -- of a completion that filled history
    ADD COLUMN is_past     boolean NOT NULL DEFAULT false; -- of a policy or a slate, for a date before yesterday

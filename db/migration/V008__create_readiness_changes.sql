-- That a policy's verdict for a date has become another: said once, when it happened. An announcement is for those who
-- want to be told. No question is answered by it, because readiness is computed from the ledger each time.

CREATE TABLE nba_orchestration.readiness_changes (
    position    bigint      NOT NULL, -- place in the ledger's order
    policy      text        NOT NULL, -- the policy
    version     integer     NOT NULL, -- the version of it that answered
    game_date   date        NOT NULL, -- the date
    from_state  text        NOT NULL, -- what the answer was
    to_state    text        NOT NULL, -- what it is
    cause       text        NOT NULL, -- entry: something was recorded; clock: nothing was, and time went on
    reasons     json        NOT NULL, -- why not, as the verdict has them; empty unless not_ready
    expires_at  timestamptz,          -- the first instant at which, with no new row, ready becomes not ready
    as_of       timestamptz NOT NULL, -- the instant that was asked about; with known_position it gives the verdict again
    known_position bigint   NOT NULL, -- where the ledger ended then
    inserted_at timestamptz NOT NULL, -- when it was announced

    CONSTRAINT readiness_changes_pkey PRIMARY KEY (position),
    CONSTRAINT states_known CHECK (from_state IN ('ready', 'not_ready', 'not_applicable', 'bypassed')
        AND to_state IN ('ready', 'not_ready', 'not_applicable', 'bypassed')),
    CONSTRAINT state_changed CHECK (from_state <> to_state),
    CONSTRAINT cause_known CHECK (cause IN ('entry', 'clock')),
    CONSTRAINT announced_after_known CHECK (position > known_position)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.readiness_changes
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.readiness_changes ENABLE ALWAYS TRIGGER append_only;

CREATE TRIGGER feed_notified AFTER INSERT ON nba_orchestration.readiness_changes
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.notify_feed();

-- What was last seen of each policy and date that something happened to, so that a change is noticed. Notes of
-- operations: these rows change, and what they say can be found out again.
CREATE TABLE nba_orchestration.readiness_watched (
    policy    text        NOT NULL, -- the policy
    game_date date        NOT NULL, -- the date
    state     text        NOT NULL, -- what the answer was when it was last looked at
    look_at   timestamptz,          -- when the clock alone may make it another; null: never

    CONSTRAINT readiness_watched_pkey PRIMARY KEY (policy, game_date)
);

CREATE INDEX readiness_watched_due ON nba_orchestration.readiness_watched (look_at) WHERE look_at IS NOT NULL;

CREATE OR REPLACE VIEW nba_orchestration.ledger_head AS
WITH entries AS (
    (SELECT position, coalesce(imported_at, inserted_at) AS learned_at
     FROM nba_orchestration.phase_completions ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, inserted_at FROM nba_orchestration.policy_versions ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, coalesce(imported_at, inserted_at)
     FROM nba_orchestration.slates ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, inserted_at FROM nba_orchestration.readiness_changes ORDER BY position DESC LIMIT 1)
)
SELECT coalesce(max(position), 0)               AS position,        -- 0: nothing yet
       coalesce(max(learned_at), 'epoch')       AS learned_at,      -- of the entry at that position
       clock_timestamp()                        AS clock,           -- the database's clock
       (SELECT row_hash FROM nba_orchestration.phase_completions ORDER BY position DESC LIMIT 1)
                                                AS row_hash,        -- the end of the hash chain; null: no row yet
       (SELECT coalesce(max(position), 0) FROM nba_orchestration.policy_versions)
                                                AS policy_position, -- of the newest policy version
       (SELECT coalesce(max(revision), 0) FROM nba_orchestration.aliases)
                                                AS alias_revision   -- of the newest alias
FROM entries;

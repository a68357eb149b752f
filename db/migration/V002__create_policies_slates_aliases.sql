-- What completions are judged by, append-only like them: a change is a new row, so that the past can be asked with
-- what was in force then.

CREATE TABLE nba_orchestration.policy_versions (
    name           text        NOT NULL, -- what the policy is asked by
    version        integer     NOT NULL, -- 1, 2, 3 … of that name
    effective_from timestamptz NOT NULL, -- from when it is in force; the first version's may lie in the past
    definition     jsonb       NOT NULL, -- the policy as it was put
    position       bigint      NOT NULL, -- place in the ledger's order
    inserted_at    timestamptz NOT NULL, -- when the ledger learned of it
    recorded_by    text        NOT NULL, -- the principal that sent it

    CONSTRAINT policy_versions_pkey PRIMARY KEY (name, version),
    CONSTRAINT policy_versions_position_key UNIQUE (position),
    CONSTRAINT version_from_one CHECK (version >= 1),
    CONSTRAINT later_versions_start_later CHECK (version = 1 OR effective_from >= inserted_at)
);

CREATE TABLE nba_orchestration.slates (
    game_date   date        NOT NULL, -- the date
    units       integer     NOT NULL, -- how many units of work (games) it has; 0 is a fact, absence is not
    note        text,                 -- why, for people: "All-Star break"
    position    bigint      NOT NULL, -- place in the ledger's order
    inserted_at timestamptz NOT NULL, -- from when it was known; an operator may say so afterwards
    imported_at timestamptz,          -- by the database's clock, where inserted_at was brought along
    recorded_by text        NOT NULL, -- the principal that sent it

    CONSTRAINT slates_pkey PRIMARY KEY (position),
    CONSTRAINT units_not_negative CHECK (units >= 0),
    CONSTRAINT slate_imported_after_inserted CHECK (imported_at >= inserted_at)
);

-- The slate in force for a date at an instant is the first of this order that was known by then.
CREATE INDEX slates_in_force ON nba_orchestration.slates (game_date, inserted_at DESC, position DESC);

CREATE TABLE nba_orchestration.aliases (
    revision    bigint      NOT NULL, -- 1, 2, 3 … over all aliases
    kind        text        NOT NULL, -- processors or phases
    name        text        NOT NULL, -- the name that is sent
    target      text,                 -- the name that is recorded for it; null: the alias is removed
    inserted_at timestamptz NOT NULL, -- when the ledger learned of it
    recorded_by text        NOT NULL, -- the principal that sent it

    CONSTRAINT aliases_pkey PRIMARY KEY (revision),
    CONSTRAINT alias_kind_known CHECK (kind IN ('processors', 'phases')),
    CONSTRAINT alias_leads_elsewhere CHECK (target <> name)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.policy_versions
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.policy_versions ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.slates
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.slates ENABLE ALWAYS TRIGGER append_only;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.aliases
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.aliases ENABLE ALWAYS TRIGGER append_only;

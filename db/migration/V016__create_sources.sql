-- How the jobs of senders are to be understood. Append-only, as aliases are: a change is a new version, and so is a
-- removal. It takes no position in the ledger's order, because it matters only while an event is being read, and the row
-- keeps what came of it.

CREATE TABLE nba_orchestration.sources (
    revision    bigint      NOT NULL, -- 1, 2, 3 … over all sources
    name        text        NOT NULL, -- what the source is known by
    version     integer     NOT NULL, -- 1, 2, 3 … of that name
    definition  jsonb       NOT NULL, -- the source as it was put
    removed     boolean     NOT NULL, -- whether it matches no job from then on
    inserted_at timestamptz NOT NULL, -- when the ledger learned of it
    recorded_by text        NOT NULL, -- the principal that sent it

    CONSTRAINT sources_pkey PRIMARY KEY (revision),
    CONSTRAINT sources_version_key UNIQUE (name, version),
    CONSTRAINT source_version_from_one CHECK (version >= 1)
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.sources
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.sources ENABLE ALWAYS TRIGGER append_only;

-- As V013 has it, but that a source is known by its revision too.
CREATE OR REPLACE FUNCTION nba_orchestration.chain_entry()
RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    newest nba_orchestration.ledger_chain;
    key    bigint;
    place  bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(1346454356);
    SELECT * INTO newest FROM nba_orchestration.ledger_chain ORDER BY sequence DESC LIMIT 1;
    newest.sequence := coalesce(newest.sequence, 0) + 1;
    newest.row_hash := coalesce(newest.row_hash, decode(repeat('00', 32), 'hex'));
    IF TG_TABLE_NAME IN ('aliases', 'sources') THEN
        key := NEW.revision;
        SELECT position + 1 INTO place FROM nba_orchestration.ledger_head;
    ELSE
        key := NEW.position;
        place := NEW.position;
    END IF;
    INSERT INTO nba_orchestration.ledger_chain (sequence, position, table_name, row_key, prev_hash, row_hash)
    VALUES (newest.sequence, place, TG_TABLE_NAME, key, newest.row_hash,
            nba_orchestration.chain_hash(newest.row_hash, newest.sequence, place, TG_TABLE_NAME::text, NEW));
    RETURN NULL;
END
$$;

CREATE TRIGGER chained AFTER INSERT ON nba_orchestration.sources
    FOR EACH ROW EXECUTE FUNCTION nba_orchestration.chain_entry();
ALTER TABLE nba_orchestration.sources ENABLE ALWAYS TRIGGER chained;

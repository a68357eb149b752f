-- A hash chain over all that is recorded and is no completion: policy versions, slates, aliases and announced changes of
-- readiness. Completions have a chain of their own, in their columns prev_hash and row_hash. Whether all that fits is
-- asked by db/queries/verify_chain.sql and verify_ledger.sql, or by the command verify, which runs both.
--
-- The trigger adds the entries, so a row that an operator puts in with psql has one too. A table of a later migration
-- that takes positions gets the trigger, and its part of verify_ledger.sql. A column of a later migration must be nullable
-- and without a default: then the rows that are there keep their hashes.

-- Before any table is locked: who records holds this lock first. With many rows the last statement takes a while.
DO $$ BEGIN PERFORM pg_advisory_xact_lock(1346454356); END $$;
SET LOCAL statement_timeout = 0;
SET LOCAL timezone = 'UTC';

CREATE TABLE nba_orchestration.ledger_chain (
    sequence   bigint NOT NULL, -- 1, 2, 3 … in the order in which they were recorded
    position   bigint NOT NULL, -- of the row; an alias takes none, and counts for the next one that is taken
    table_name text   NOT NULL, -- where the row is
    row_key    bigint NOT NULL, -- which one it is there: its position, or the revision of an alias
    prev_hash  bytea  NOT NULL, -- row_hash of the entry before; 32 zero bytes before the first
    row_hash   bytea  NOT NULL, -- SHA-256 of the row with prev_hash: the function chain_hash has the form

    CONSTRAINT ledger_chain_pkey PRIMARY KEY (sequence),
    CONSTRAINT chained_once UNIQUE (table_name, row_key),
    CONSTRAINT sequence_from_one CHECK (sequence >= 1),
    CONSTRAINT chain_hashes_are_sha256 CHECK (octet_length(prev_hash) = 32 AND octet_length(row_hash) = 32)
);

-- Finds the end of the chain as it was at a position.
CREATE INDEX ledger_chain_by_position ON nba_orchestration.ledger_chain (position, sequence);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON nba_orchestration.ledger_chain
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.refuse_change();
ALTER TABLE nba_orchestration.ledger_chain ENABLE ALWAYS TRIGGER append_only;

-- The SHA-256 of these in UTF-8, with one blank between them: phase-ledger-chain-1, the hash before in lower-case
-- hexadecimal, sequence, position, table, and the row as PostgreSQL writes it as jsonb, instants in UTC, without the
-- columns that are null. In PL/pgSQL, which keeps its plan: in SQL an entry would cost half as much again.
CREATE FUNCTION nba_orchestration.chain_hash(
    hash_before bytea, sequence bigint, at_position bigint, table_name text, recorded anyelement
) RETURNS bytea LANGUAGE plpgsql STABLE SET search_path = pg_catalog SET timezone = 'UTC' AS $$
BEGIN
    RETURN sha256(convert_to(concat_ws(' ',
        'phase-ledger-chain-1', encode(hash_before, 'hex'), sequence, at_position, table_name,
        (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(recorded)) WHERE value <> 'null')), 'UTF8'));
END
$$;

-- The hash of the ledger as it ended at a position, the same for ever: the SHA-256 of these in UTF-8, with one blank
-- between them: phase-ledger-head-1, the position, and in lower-case hexadecimal row_hash of the newest completion and of
-- the newest entry of ledger_chain up to there, a hyphen where there is none.
CREATE FUNCTION nba_orchestration.ledger_hash(at_position bigint)
RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT encode(sha256(convert_to(concat_ws(' ', 'phase-ledger-head-1', $1,
        coalesce((SELECT encode(row_hash, 'hex') FROM nba_orchestration.phase_completions
                  WHERE position <= $1 ORDER BY position DESC LIMIT 1), '-'),
        coalesce((SELECT encode(row_hash, 'hex') FROM nba_orchestration.ledger_chain
                  WHERE position <= $1 ORDER BY position DESC, sequence DESC LIMIT 1), '-')), 'UTF8')), 'hex')
$$;

-- As the owner, so that the role of the service can add no entry by itself. A statement after the wait for the lock sees
-- what was committed meanwhile; who has the lock already does not wait.
CREATE FUNCTION nba_orchestration.chain_entry()
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
    IF TG_TABLE_NAME = 'aliases' THEN
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

-- ALWAYS, as append_only is: a session that plays a replica adds its entries too.
CREATE TRIGGER chained AFTER INSERT ON nba_orchestration.policy_versions
    FOR EACH ROW EXECUTE FUNCTION nba_orchestration.chain_entry();
ALTER TABLE nba_orchestration.policy_versions ENABLE ALWAYS TRIGGER chained;
CREATE TRIGGER chained AFTER INSERT ON nba_orchestration.slates
    FOR EACH ROW EXECUTE FUNCTION nba_orchestration.chain_entry();
ALTER TABLE nba_orchestration.slates ENABLE ALWAYS TRIGGER chained;
CREATE TRIGGER chained AFTER INSERT ON nba_orchestration.aliases
    FOR EACH ROW EXECUTE FUNCTION nba_orchestration.chain_entry();
ALTER TABLE nba_orchestration.aliases ENABLE ALWAYS TRIGGER chained;
CREATE TRIGGER chained AFTER INSERT ON nba_orchestration.readiness_changes
    FOR EACH ROW EXECUTE FUNCTION nba_orchestration.chain_entry();
ALTER TABLE nba_orchestration.readiness_changes ENABLE ALWAYS TRIGGER chained;

-- What is there already, as if the trigger had been there from the beginning: an alias counts for the position after all
-- that had been learned before it.
DO $$
DECLARE
    hash   bytea := decode(repeat('00', 32), 'hex');
    before bytea;
    number bigint := 0;
    entry  record;
BEGIN
    FOR entry IN
        WITH learned AS MATERIALIZED (
            SELECT position, coalesce(imported_at, inserted_at) AS at FROM nba_orchestration.phase_completions
            UNION ALL SELECT position, inserted_at FROM nba_orchestration.policy_versions
            UNION ALL SELECT position, coalesce(imported_at, inserted_at) FROM nba_orchestration.slates
            UNION ALL SELECT position, inserted_at FROM nba_orchestration.readiness_changes
        )
        SELECT 'policy_versions' AS name, position AS key, position AS place, to_jsonb(r) AS recorded
        FROM nba_orchestration.policy_versions AS r
        UNION ALL SELECT 'slates', position, position, to_jsonb(r) FROM nba_orchestration.slates AS r
        UNION ALL SELECT 'readiness_changes', position, position, to_jsonb(r) FROM nba_orchestration.readiness_changes AS r
        UNION ALL SELECT 'aliases', revision,
            (SELECT coalesce(max(position), 0) + 1 FROM learned WHERE at <= r.inserted_at), to_jsonb(r)
        FROM nba_orchestration.aliases AS r
        ORDER BY place, name, key -- aliases come first
    LOOP
        before := hash;
        number := number + 1;
        hash := nba_orchestration.chain_hash(before, number, entry.place, entry.name, entry.recorded);
        INSERT INTO nba_orchestration.ledger_chain (sequence, position, table_name, row_key, prev_hash, row_hash)
        VALUES (number, entry.place, entry.name, entry.key, before, hash);
    END LOOP;
END
$$;

-- Lists what does not fit in the ledger, except the hashes of completions, which verify_chain.sql recomputes: run both, or
-- `java -jar quarkus-run.jar verify`. No row means all fits.
--
-- The setting phase_ledger.expect may have heads that the ledger once had, with commas between, each POSITION:HASH as the
-- service's log, GET /v1/ledger/head, a webhook or a message shows it. A completion's own row_hash at its position will do:
--
--   psql -c "SET phase_ledger.expect = '1234:93a0…'" -f verify_ledger.sql
--
-- The functions chain_hash and ledger_hash say what the hashes are of. They are used here, and looked at themselves.

WITH entries AS MATERIALIZED (
    SELECT position, 'phase_completions' AS table_name FROM nba_orchestration.phase_completions
    UNION ALL SELECT position, 'policy_versions' FROM nba_orchestration.policy_versions
    UNION ALL SELECT position, 'slates' FROM nba_orchestration.slates
    UNION ALL SELECT position, 'readiness_changes' FROM nba_orchestration.readiness_changes
),
head AS MATERIALIZED (
    SELECT coalesce(max(position), 0) AS position FROM entries
),
neighbours AS (
    SELECT position, table_name,
           lag(position, 1, 0::bigint) OVER in_order AS position_before, lag(table_name) OVER in_order AS table_before
    FROM entries
    WINDOW in_order AS (ORDER BY position, table_name)
),
chain AS MATERIALIZED (
    SELECT c.*,
           lag(c.sequence, 1, 0::bigint) OVER in_order AS sequence_before,
           lag(c.position, 1, 0::bigint) OVER in_order AS position_before,
           lag(c.row_hash, 1, decode(repeat('00', 32), 'hex')) OVER in_order AS hash_before
    FROM nba_orchestration.ledger_chain AS c
    WINDOW in_order AS (ORDER BY c.sequence)
),
-- Each row beside its entry; one of the two may be missing.
chained AS (
    SELECT 'policy_versions, position ' AS place, coalesce(r.position, c.row_key) AS key, r.position IS NOT NULL AS is_there,
           c.sequence, c.row_hash,
           nba_orchestration.chain_hash(c.prev_hash, c.sequence, c.position, c.table_name, r) AS expected_hash
    FROM nba_orchestration.policy_versions AS r
    FULL JOIN (SELECT * FROM chain WHERE table_name = 'policy_versions') AS c ON c.row_key = r.position
    UNION ALL
    SELECT 'slates, position ', coalesce(r.position, c.row_key), r.position IS NOT NULL, c.sequence, c.row_hash,
           nba_orchestration.chain_hash(c.prev_hash, c.sequence, c.position, c.table_name, r)
    FROM nba_orchestration.slates AS r
    FULL JOIN (SELECT * FROM chain WHERE table_name = 'slates') AS c ON c.row_key = r.position
    UNION ALL
    SELECT 'readiness_changes, position ', coalesce(r.position, c.row_key), r.position IS NOT NULL, c.sequence, c.row_hash,
           nba_orchestration.chain_hash(c.prev_hash, c.sequence, c.position, c.table_name, r)
    FROM nba_orchestration.readiness_changes AS r
    FULL JOIN (SELECT * FROM chain WHERE table_name = 'readiness_changes') AS c ON c.row_key = r.position
    UNION ALL
    SELECT 'aliases, revision ', coalesce(r.revision, c.row_key), r.revision IS NOT NULL, c.sequence, c.row_hash,
           nba_orchestration.chain_hash(c.prev_hash, c.sequence, c.position, c.table_name, r)
    FROM nba_orchestration.aliases AS r
    FULL JOIN (SELECT * FROM chain WHERE table_name = 'aliases') AS c ON c.row_key = r.revision
    UNION ALL
    SELECT 'sources, revision ', coalesce(r.revision, c.row_key), r.revision IS NOT NULL, c.sequence, c.row_hash,
           nba_orchestration.chain_hash(c.prev_hash, c.sequence, c.position, c.table_name, r)
    FROM nba_orchestration.sources AS r
    FULL JOIN (SELECT * FROM chain WHERE table_name = 'sources') AS c ON c.row_key = r.revision
),
-- As pg_trigger has them: the kind adds up 1 (for each row), 2 (before), 4 (insert), 8 (delete), 16 (update) and
-- 32 (truncate); enabled is A (always) or O (not for a replica). A late notification of the feed loses nothing, so it may be either.
triggers (table_name, name, kind, enabled, function, without) AS (
    SELECT t.table_name, 'append_only', 2 + 8 + 16 + 32, 'A', 'refuse_change()', 'rows can be changed and deleted'
    FROM (VALUES ('phase_completions'), ('policy_versions'), ('slates'), ('aliases'), ('sources'), ('readiness_changes'),
                 ('ledger_chain')) AS t (table_name)
    UNION ALL
    SELECT t.table_name, 'chained', 1 + 4, 'A', 'chain_entry()', 'rows are added without an entry in ledger_chain'
    FROM (VALUES ('policy_versions'), ('slates'), ('aliases'), ('sources'), ('readiness_changes')) AS t (table_name)
    UNION ALL
    SELECT t.table_name, 'feed_notified', 4, 'AO', 'notify_feed()', 'what is added is told late'
    FROM (VALUES ('phase_completions'), ('policy_versions'), ('slates'), ('readiness_changes')) AS t (table_name)
),
-- SHA-256 of what pg_get_functiondef says, each stretch of white space as one blank.
functions (name, definition_hash) AS (
    VALUES ('refuse_change()', '85e0f6f978551c42660cf6aea42e84a77181426ec8078814cb85f28f6f6cb1c1'),
           ('notify_feed()', '96f3b2ac3ea4526324cee7e6f06efd759e0a5bc6f5089dacf3d50bf21dee04b5'),
           ('chain_entry()', 'f5ec35b972d47e7a7f4e2ff3fa890393bb419c69b36b0f96649add9b6c42edfa'),
           ('chain_hash(bytea,bigint,bigint,text,anyelement)', 'd228b31816853afdc42bef00978dc9cc065f87b4f7268a3f6c72baa5b1caca5e'),
           ('ledger_hash(bigint)', '2ab52896d56f505d59f2f90de02c5eac147ce42e9827c28a41d73a21fc3f0924')
),
expected AS (
    SELECT split_part(e.head, ':', 1)::bigint AS position, split_part(e.head, ':', 2) AS hash
    FROM unnest(string_to_array(nullif(current_setting('phase_ledger.expect', true), ''), ',')) AS e (head)
),
findings (part, at, place, finding) AS (
    SELECT 1, sequence, 'ledger_chain, sequence ' || sequence,
           'this entry does not follow the one before it: one was changed, deleted or put between'
    FROM chain
    WHERE prev_hash <> hash_before OR sequence <> sequence_before + 1 OR position < position_before
    UNION ALL
    SELECT 2, key, place || key,
           CASE WHEN sequence IS NULL THEN 'this row has no entry in ledger_chain: the trigger did not see it'
                WHEN is_there THEN 'this row is not what was recorded: it was changed, or entry ' || sequence
                    || ' of ledger_chain was'
                ELSE 'this row was deleted: entry ' || sequence || ' of ledger_chain has no row' END
    FROM chained
    WHERE NOT is_there OR row_hash IS DISTINCT FROM expected_hash
    UNION ALL
    SELECT 2, sequence, 'ledger_chain, sequence ' || sequence, 'this entry is of no table of the ledger: ' || table_name
    FROM chain
    WHERE table_name NOT IN ('policy_versions', 'slates', 'readiness_changes', 'aliases', 'sources')
    UNION ALL
    SELECT 3, position,
           CASE WHEN position = position_before THEN 'position ' || position
                WHEN position = position_before + 2 THEN 'position ' || position - 1
                ELSE 'positions ' || position_before + 1 || ' to ' || position - 1 END,
           CASE WHEN position = position_before THEN 'both ' || table_before || ' and ' || table_name || ' have it'
                ELSE 'nothing is there: rows were deleted, or never were' END
    FROM neighbours
    WHERE position <> position_before + 1
    UNION ALL
    SELECT 4, 0, 'trigger ' || e.name || ' of ' || e.table_name,
           CASE WHEN t.oid IS NULL THEN 'it is gone: '
                WHEN t.tgenabled = 'D' THEN 'it is disabled: '
                WHEN strpos(e.enabled, t.tgenabled::text) = 0 THEN 'it is not ALWAYS, so that in some sessions '
                ELSE 'it is not the one that the migrations made: ' END || e.without
    FROM triggers AS e
    LEFT JOIN pg_trigger AS t ON t.tgname = e.name AND NOT t.tgisinternal
        AND t.tgrelid = to_regclass('nba_orchestration.' || e.table_name)
    WHERE t.oid IS NULL OR strpos(e.enabled, t.tgenabled::text) = 0 OR t.tgtype <> e.kind
       OR t.tgfoid IS DISTINCT FROM to_regprocedure('nba_orchestration.' || e.function)
       OR t.tgqual IS NOT NULL OR array_length(t.tgattr, 1) > 0
    UNION ALL
    SELECT 5, 0, 'function ' || e.name,
           CASE WHEN d.definition IS NULL THEN 'it is gone' ELSE 'it is not the one that the migrations made' END
    FROM functions AS e
    CROSS JOIN LATERAL (SELECT regexp_replace(pg_get_functiondef(to_regprocedure('nba_orchestration.' || e.name)),
                                              '\s+', ' ', 'g')) AS d (definition)
    WHERE encode(sha256(convert_to(d.definition, 'UTF8')), 'hex') IS DISTINCT FROM e.definition_hash
    UNION ALL
    SELECT 6, c.position, 'cursor ' || c.sink,
           'it has come to ' || c.position || ', and the ledger ends at ' || h.position || ': its newest rows were deleted'
    FROM nba_orchestration.feed_cursors AS c, head AS h
    WHERE c.position > h.position
    UNION ALL
    SELECT 7, e.position, 'expected ' || e.position || ':' || e.hash,
           CASE WHEN e.position > h.position THEN 'the ledger ends at ' || h.position || ': its newest rows were deleted'
                ELSE 'the ledger has another hash there: something up to there was changed' END
    FROM expected AS e, head AS h
    WHERE e.hash <> nba_orchestration.ledger_hash(e.position)
      AND NOT EXISTS (SELECT FROM nba_orchestration.phase_completions AS c
                      WHERE c.position = e.position AND encode(c.row_hash, 'hex') = e.hash)
)
SELECT place, finding FROM findings ORDER BY part, at, place;

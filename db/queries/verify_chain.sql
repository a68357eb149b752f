-- Lists every row of the ledger whose hash does not follow from its content and the row before; no row means all fits.
--
-- row_hash is the SHA-256 of the UTF-8 bytes of these values in this order. A value is written as its length in bytes,
-- a colon, the value and a comma (a netstring, https://cr.yp.to/proto/netstrings.txt); a null as "~,". Instants are
-- whole microseconds since 1970-01-01T00:00:00Z, dates ISO 8601, hashes lower-case hexadecimal, booleans true or
-- false; entities_changed is the netstrings of its elements one after another.

WITH recomputed AS (
    SELECT c.position, c.prev_hash, c.row_hash,
           lag(c.row_hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY c.position) AS hash_before,
           sha256(convert_to((
               SELECT string_agg(coalesce(octet_length(f.value) || ':' || f.value || ',', '~,'), '' ORDER BY f.place)
               FROM (VALUES
                   ( 1, 'phase-ledger-row-1'),
                   ( 2, encode(c.prev_hash, 'hex')),
                   ( 3, c.position::text),
                   ( 4, c.id::text),
                   ( 5, c.kind),
                   ( 6, c.retracts::text),
                   ( 7, c.phase),
                   ( 8, to_char(c.game_date, 'YYYY-MM-DD')),
                   ( 9, c.processor_name),
                   (10, c.status),
                   (11, c.record_count::text),
                   (12, c.expected_count::text),
                   (13, c.correlation_id),
                   (14, c.execution_id),
                   (15, (extract(epoch FROM c.started_at) * 1000000)::bigint::text),
                   (16, (extract(epoch FROM c.completed_at) * 1000000)::bigint::text),
                   (17, c.is_incremental::text),
                   (18, c.is_backfill::text),
                   (19, (SELECT coalesce(string_agg(octet_length(e.name) || ':' || e.name || ',', '' ORDER BY e.place), '')
                         FROM unnest(c.entities_changed) WITH ORDINALITY AS e (name, place))),
                   (20, c.metadata::text),
                   (21, (extract(epoch FROM c.inserted_at) * 1000000)::bigint::text),
                   (22, (extract(epoch FROM c.imported_at) * 1000000)::bigint::text),
                   (23, c.reported_phase),
                   (24, c.reported_name),
                   (25, encode(c.identity_key, 'hex')),
                   (26, encode(c.content_hash, 'hex')),
                   (27, c.recorded_by)
               ) AS f (place, value)
           ), 'UTF8')) AS expected_hash
    FROM nba_orchestration.phase_completions c
)
SELECT position,
       prev_hash IS DISTINCT FROM hash_before  AS chain_is_broken,
       row_hash IS DISTINCT FROM expected_hash AS row_was_changed
FROM recomputed
WHERE prev_hash IS DISTINCT FROM hash_before
   OR row_hash IS DISTINCT FROM expected_hash
ORDER BY position;

-- How the ledger is looked at for a question: each of these functions is one statement, so what it returns was all true at
-- one moment, and costs one round trip.
--
-- They are functions because a function has settings of its own. What a look needs is found by descents of indexes, and no
-- plan for it may be another because a table is small, or much of one kind, or has just been analysed: at five hundred
-- re-runs of each processor PostgreSQL would read and sort all of a date instead. With sorting forbidden only the index in
-- the order that is asked for is left, and one plan is made for any values.

CREATE FUNCTION nba_orchestration.look(
    game_dates      date[],      -- of the cells that are asked about, as many as there are phases and processors
    phases          text[],
    processor_names text[],
    as_of           timestamptz, -- only what was learned by then; null: everything
    at_position     bigint       -- only what was recorded up to there; null: everything
) RETURNS TABLE (                -- one row at least: without evidence, the columns from "position" on are null
    head            bigint,      -- where the ledger ends
    learned_at      timestamptz, -- when the entry there was learned
    clock           timestamptz, -- the database's clock
    policy_position bigint,      -- of the newest policy version
    slate_position  bigint,      -- of the newest slate
    "position"      bigint,      -- of a completion: the newest of its cell that has its status and is as incremental
    id              uuid,
    cell            integer,     -- which one of those asked about, from 1
    status          text,
    record_count    bigint,
    expected_count  bigint,
    is_incremental  boolean,
    completed_at    timestamptz,
    inserted_at     timestamptz
)
LANGUAGE plpgsql STABLE ROWS 20
SET search_path = pg_catalog
SET enable_sort = off
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    -- The table takes no completed_at that is further ahead of inserted_at. The bound only spares the descent what cannot
    -- have been known: without it, a question about the past would pass over every later re-run.
    completed_by timestamptz := 'infinity';
BEGIN
    IF at_position IS NOT NULL THEN
        completed_by := interval '5 minutes' + (
            SELECT max(entry.learned_at)
            FROM ((SELECT coalesce(c.imported_at, c.inserted_at) AS learned_at
                   FROM nba_orchestration.phase_completions c
                   WHERE c.position <= at_position ORDER BY c.position DESC LIMIT 1)
                  UNION ALL
                  (SELECT p.inserted_at FROM nba_orchestration.policy_versions p
                   WHERE p.position <= at_position ORDER BY p.position DESC LIMIT 1)
                  UNION ALL
                  (SELECT coalesce(s.imported_at, s.inserted_at) FROM nba_orchestration.slates s
                   WHERE s.position <= at_position ORDER BY s.position DESC LIMIT 1)
                  UNION ALL
                  (SELECT r.inserted_at FROM nba_orchestration.readiness_changes r
                   WHERE r.position <= at_position ORDER BY r.position DESC LIMIT 1)) AS entry);
    END IF;
    completed_by := least(completed_by, as_of + interval '5 minutes');
    as_of := coalesce(as_of, 'infinity');
    at_position := coalesce(at_position, 9223372036854775807);
    RETURN QUERY
    SELECT ends.position, ends.learned_at, ends.clock, ends.policy_position,
           (SELECT coalesce(max(s.position), 0) FROM nba_orchestration.slates s),
           newest.*
    FROM nba_orchestration.ledger_head AS ends
    LEFT JOIN (
        unnest(game_dates, phases, processor_names)
            WITH ORDINALITY AS asked (game_date, phase, processor_name, number)
        CROSS JOIN unnest(ARRAY['success', 'partial', 'failed', 'no_data', 'skipped', 'running']) AS of (status)
        CROSS JOIN unnest(ARRAY[false, true]) AS kind (is_incremental)
        CROSS JOIN LATERAL (
            SELECT c.position, c.id, asked.number::integer, c.status, c.record_count, c.expected_count,
                   c.is_incremental, c.completed_at, c.inserted_at
            FROM nba_orchestration.phase_completions c
            WHERE c.kind = 'completion'
              AND c.game_date = asked.game_date
              AND c.phase = asked.phase
              AND c.processor_name = asked.processor_name
              AND c.status = of.status
              AND c.is_incremental = kind.is_incremental
              AND c.completed_at <= completed_by
              AND c.inserted_at <= as_of
              AND c.position <= at_position
              -- Looked up for each candidate, by the one index that can find it: "+ 0" leaves no other.
              AND NOT EXISTS (
                  SELECT FROM nba_orchestration.phase_completions r
                  WHERE r.retracts = c.id AND r.inserted_at <= as_of AND r.position + 0 <= at_position
                  OFFSET 0)
            ORDER BY c.completed_at DESC, c.position DESC
            LIMIT 1
        ) AS newest
    ) ON true;
END
$$;

-- The slates of dates as they were known, and those before them as far back as the nearest date with work.
CREATE FUNCTION nba_orchestration.slates_known(
    first_date  date,
    last_date   date,
    with_before boolean,     -- whether those before the first date are asked for
    as_of       timestamptz, -- as they were known then; null: as they are
    at_position bigint       -- of the newest slate that counts
) RETURNS TABLE (game_date date, units integer)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET enable_sort = off
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    as_of := coalesce(as_of, 'infinity');
    IF with_before THEN
        -- Steps from date to date, downwards, and stops at the first that has work. Each step descends the index twice.
        RETURN QUERY
        WITH RECURSIVE passed (game_date, units, found) AS (
            SELECT first_date, NULL::integer, false
            UNION ALL
            SELECT earlier.game_date, known.units, coalesce(known.units, 0) > 0
            FROM passed
            CROSS JOIN LATERAL (
                SELECT s.game_date FROM nba_orchestration.slates s
                WHERE s.game_date < passed.game_date ORDER BY s.game_date DESC LIMIT 1
            ) AS earlier
            LEFT JOIN LATERAL (
                SELECT s.units FROM nba_orchestration.slates s
                WHERE s.game_date = earlier.game_date AND s.inserted_at <= as_of AND s.position <= at_position
                ORDER BY s.inserted_at DESC, s.position DESC LIMIT 1
            ) AS known ON true
            WHERE NOT passed.found
        )
        SELECT passed.game_date, passed.units FROM passed WHERE passed.units IS NOT NULL;
    END IF;
    RETURN QUERY
    SELECT DISTINCT ON (s.game_date) s.game_date, s.units
    FROM nba_orchestration.slates s
    WHERE s.game_date BETWEEN first_date AND last_date AND s.inserted_at <= as_of AND s.position <= at_position
    ORDER BY s.game_date, s.inserted_at DESC, s.position DESC;
END
$$;

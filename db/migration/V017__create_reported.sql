-- What was reported of cells in the order in which it was learned: from it follows what was known at any instant, such as a
-- deadline, and what first changed that afterwards.

-- The reports of a cell that have a status, in the order in which the ledger learned of them. An import brings its own
-- instants, so the order of positions is not that one.
CREATE INDEX phase_completions_learned ON nba_orchestration.phase_completions
    (game_date, phase, processor_name, status, inserted_at, position)
    WHERE kind = 'completion';

-- Reads so many reports of each cell and status and no more, however often a processor ran: the first ones; and where an
-- instant is given, also the first ones after it, and if there are more before it than are read, the newest ones as of it,
-- which are all that matters then. What is read is told apart by "part". Like the function look of V014 it has settings of
-- its own, so that there is one plan for any values.
CREATE FUNCTION nba_orchestration.reported(
    game_dates      date[],        -- of the cells and statuses that are asked about
    phases          text[],
    processor_names text[],
    statuses        text[],
    instants        timestamptz[], -- null: none
    as_of           timestamptz,   -- only what was learned by then
    at_position     bigint,        -- only what was recorded up to there
    most            integer        -- of each part; one more tells that there are more
) RETURNS TABLE (
    asked           integer,     -- which one of those asked about, from 1
    part            text,        -- first, newest or after
    "position"      bigint,
    id              uuid,
    record_count    bigint,
    expected_count  bigint,
    is_incremental  boolean,
    completed_at    timestamptz,
    inserted_at     timestamptz,
    retracted_at    timestamptz  -- null: not by as_of
)
LANGUAGE plpgsql STABLE ROWS 100
SET search_path = pg_catalog
SET enable_sort = off
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET join_collapse_limit = 1
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT of.number::integer, found.part, found.position, found.id, found.record_count, found.expected_count,
           found.is_incremental, found.completed_at, found.inserted_at, r.inserted_at
    FROM unnest(game_dates, phases, processor_names, statuses, instants)
        WITH ORDINALITY AS of (game_date, phase, processor_name, status, instant, number)
    CROSS JOIN LATERAL (
        (SELECT 'first' AS part, c.position, c.id, c.record_count, c.expected_count, c.is_incremental, c.completed_at,
                c.inserted_at
         FROM nba_orchestration.phase_completions c
         WHERE c.kind = 'completion' AND c.game_date = of.game_date AND c.phase = of.phase
           AND c.processor_name = of.processor_name AND c.status = of.status
           AND c.inserted_at <= least(of.instant, as_of) AND c.position <= at_position
         ORDER BY c.inserted_at, c.position LIMIT most + 1)
        UNION ALL
        (SELECT 'after', c.position, c.id, c.record_count, c.expected_count, c.is_incremental, c.completed_at,
                c.inserted_at
         FROM nba_orchestration.phase_completions c
         WHERE c.kind = 'completion' AND c.game_date = of.game_date AND c.phase = of.phase
           AND c.processor_name = of.processor_name AND c.status = of.status
           AND c.inserted_at > of.instant AND c.inserted_at <= as_of AND c.position <= at_position
         ORDER BY c.inserted_at, c.position LIMIT most + 1)
        UNION ALL
        (SELECT 'newest', newest.*
         FROM (SELECT FROM nba_orchestration.phase_completions c
               WHERE c.kind = 'completion' AND c.game_date = of.game_date AND c.phase = of.phase
                 AND c.processor_name = of.processor_name AND c.status = of.status
                 AND of.instant IS NOT NULL AND c.inserted_at <= least(of.instant, as_of) AND c.position <= at_position
               ORDER BY c.inserted_at, c.position OFFSET most LIMIT 1) AS more
         CROSS JOIN unnest(ARRAY[false, true]) AS kind (is_incremental)
         CROSS JOIN LATERAL (
             SELECT c.position, c.id, c.record_count, c.expected_count, c.is_incremental, c.completed_at, c.inserted_at
             FROM nba_orchestration.phase_completions c
             WHERE c.kind = 'completion' AND c.game_date = of.game_date AND c.phase = of.phase
               AND c.processor_name = of.processor_name AND c.status = of.status
               AND c.is_incremental = kind.is_incremental
               AND c.completed_at <= of.instant + interval '5 minutes'
               AND c.inserted_at <= least(of.instant, as_of) AND c.position <= at_position
               AND NOT EXISTS (
                   SELECT FROM nba_orchestration.phase_completions r
                   WHERE r.retracts = c.id AND r.inserted_at <= least(of.instant, as_of) AND r.position + 0 <= at_position
                   OFFSET 0)
             ORDER BY c.completed_at DESC, c.position DESC LIMIT 1
         ) AS newest)
    ) AS found
    LEFT JOIN nba_orchestration.phase_completions r
        ON r.retracts = found.id AND r.inserted_at <= as_of AND r.position + 0 <= at_position;
END
$$;

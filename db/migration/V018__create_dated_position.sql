-- What was said of an instant that had passed changes what is known of it; nothing else does. So what was found out about
-- the past holds until something dated comes: of the completions and slates, the position of the newest that is.

CREATE INDEX phase_completions_imported ON nba_orchestration.phase_completions (position) WHERE imported_at IS NOT NULL;
CREATE INDEX slates_imported ON nba_orchestration.slates (position) WHERE imported_at IS NOT NULL;

-- With settings of its own, as the functions of V014 have them.
CREATE FUNCTION nba_orchestration.dated_position()
RETURNS bigint LANGUAGE plpgsql STABLE
SET search_path = pg_catalog
SET enable_sort = off
SET enable_seqscan = off
SET enable_bitmapscan = off
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
BEGIN
    RETURN greatest(
        (SELECT c.position FROM nba_orchestration.phase_completions c
         WHERE c.imported_at IS NOT NULL ORDER BY c.position DESC LIMIT 1),
        (SELECT s.position FROM nba_orchestration.slates s
         WHERE s.imported_at IS NOT NULL ORDER BY s.position DESC LIMIT 1),
        0);
END
$$;

-- Where the one order stands. Whatever takes positions must be listed here. Always one row; each part is one descent
-- of an index, so it costs the same at any size.
--
-- learned_at is when the newest entry was learned, by the database's clock; it never falls as position rises, because
-- an imported entry counts by imported_at and every other one by inserted_at.

CREATE VIEW nba_orchestration.ledger_head AS
WITH entries AS (
    (SELECT position, coalesce(imported_at, inserted_at) AS learned_at
     FROM nba_orchestration.phase_completions ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, inserted_at FROM nba_orchestration.policy_versions ORDER BY position DESC LIMIT 1)
    UNION ALL
    (SELECT position, coalesce(imported_at, inserted_at)
     FROM nba_orchestration.slates ORDER BY position DESC LIMIT 1)
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

-- Whoever follows the ledger is woken when something was added to it. The notification says nothing, and may get lost:
-- followers read what is there, and look by themselves twice a second.

CREATE FUNCTION nba_orchestration.notify_feed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY phase_ledger;
    RETURN NULL;
END
$$;

CREATE TRIGGER feed_notified AFTER INSERT ON nba_orchestration.phase_completions
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.notify_feed();
CREATE TRIGGER feed_notified AFTER INSERT ON nba_orchestration.policy_versions
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.notify_feed();
CREATE TRIGGER feed_notified AFTER INSERT ON nba_orchestration.slates
    FOR EACH STATEMENT EXECUTE FUNCTION nba_orchestration.notify_feed();

-- How far each sink has come. Notes of operations, not facts of the ledger: these rows change, and nothing is judged by
-- them. A sink's row is locked by whichever instance runs it; the others pass it by (FOR UPDATE SKIP LOCKED).
CREATE TABLE nba_orchestration.feed_cursors (
    sink       text        NOT NULL, -- its name
    position   bigint      NOT NULL, -- of the last entry that it has finished; 0: none
    updated_at timestamptz NOT NULL, -- when it finished that, by the database's clock

    CONSTRAINT feed_cursors_pkey PRIMARY KEY (sink),
    CONSTRAINT cursor_not_negative CHECK (position >= 0)
);

-- Gives the role of the service what it needs of the schema, and takes away whatever else it had there. Flyway runs it
-- as the owner of the schema after each migration, and `java -jar quarkus-run.jar migrate NAME` once more. The setting
-- phase_ledger.app_role names that role; where it is not set, the service is the owner itself and nothing is done.
--
-- What is needed is read off the schema itself, so that a table of a later migration cannot be forgotten here: rows are
-- only added where the trigger append_only is, Flyway's history is only read, and elsewhere rows are also changed. The
-- hash chain is only read too: its trigger adds to it, with the owner's rights. Rows are deleted of
-- what other systems sent alone, when it is old.
--
-- One statement, so that a service which runs meanwhile never finds itself without its rights; and one at a time.
DO $$
DECLARE
    app      text := current_setting('phase_ledger.app_role', true);
    relation record;
BEGIN
    IF app IS NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(1346455378); -- "PAGR" in ASCII
    IF pg_has_role(app, current_user, 'MEMBER') THEN
        RAISE EXCEPTION '% may do all that the owner % may: the service needs a role of its own', app, current_user;
    END IF;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA nba_orchestration FROM %I', app);
    EXECUTE format('GRANT USAGE ON SCHEMA nba_orchestration TO %I', app);
    FOR relation IN
        SELECT c.oid::regclass AS name,
               CASE WHEN c.relkind = 'v' OR c.relname IN ('flyway_schema_history', 'ledger_chain') THEN 'SELECT'
                    WHEN c.relname IN ('runs', 'run_events', 'run_rows', 'ingest_rejections')
                        THEN 'SELECT, INSERT, UPDATE, DELETE'
                    WHEN EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only')
                        THEN 'SELECT, INSERT'
                    ELSE 'SELECT, INSERT, UPDATE' END AS rights
        FROM pg_class c
        WHERE c.relnamespace = 'nba_orchestration'::regnamespace AND c.relkind IN ('r', 'p', 'v')
    LOOP
        EXECUTE format('GRANT %s ON TABLE %s TO %I', relation.rights, relation.name, app);
    END LOOP;
END
$$;

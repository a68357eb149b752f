-- The database phase_ledger and its two roles: phase_ledger_owner, which owns the tables and runs `migrate`, and
-- phase_ledger_app, which the service runs as. The second may add to the ledger and cannot change what is there:
-- `migrate phase_ledger_app` gives it its rights.
--
-- Run it with psql 15 or later, as a superuser or as the administrator of a cloud provider (CREATEROLE, CREATEDB).
-- Run again, it changes the passwords and nothing else.
--
--   PHASE_LEDGER_OWNER_PASSWORD=… PHASE_LEDGER_APP_PASSWORD=… psql -d postgres -f roles.sql
\set ON_ERROR_STOP on
\getenv owner_password PHASE_LEDGER_OWNER_PASSWORD
\getenv app_password PHASE_LEDGER_APP_PASSWORD

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['phase_ledger_owner', 'phase_ledger_app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE phase_ledger_owner PASSWORD :'owner_password';
ALTER ROLE phase_ledger_app PASSWORD :'app_password';

-- Without superuser, a database can be given only to a role that the user is a member of; so it is one meanwhile.
GRANT phase_ledger_owner TO CURRENT_USER;

SELECT 'CREATE DATABASE phase_ledger OWNER phase_ledger_owner ENCODING ''UTF8'' TEMPLATE template0'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'phase_ledger') \gexec

REVOKE ALL ON DATABASE phase_ledger FROM PUBLIC;
GRANT CONNECT ON DATABASE phase_ledger TO phase_ledger_app;
REVOKE phase_ledger_owner FROM CURRENT_USER;

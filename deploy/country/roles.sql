-- The roles of the database nobat, and what each may do. As the superuser, on the primary, before the first
-- migration and again after each one; it can be run as often as one likes:
--
--   APP_PASSWORD=… MIGRATOR_PASSWORD=… READER_PASSWORD=… BACKUP_PASSWORD=… psql -d nobat -f roles.sql
--
-- Passwords are read from the environment, so that they stand in no command line.
\set ON_ERROR_STOP on
\getenv app_password APP_PASSWORD
\getenv migrator_password MIGRATOR_PASSWORD
\getenv reader_password READER_PASSWORD
\getenv backup_password BACKUP_PASSWORD

-- Roles are few and last: who is missing is made.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY['nobat_app', 'nobat_migrator', 'nobat_reader', 'nobat_backup']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

SET log_statement = 'none';
ALTER ROLE nobat_app PASSWORD :'app_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE nobat_migrator PASSWORD :'migrator_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE nobat_reader PASSWORD :'reader_password' NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE nobat_backup PASSWORD :'backup_password' REPLICATION NOSUPERUSER NOCREATEDB NOCREATEROLE;

-- Timeouts belong to roles: PgBouncer drops those that a connection brings along.
-- A dead machine must not hold the lock of a citizen for hours.
ALTER ROLE nobat_app SET lock_timeout = '3s';
ALTER ROLE nobat_app SET statement_timeout = '15s';
ALTER ROLE nobat_app SET idle_in_transaction_session_timeout = '15s';
-- A migration that waits for a lock lets everybody wait behind it.
ALTER ROLE nobat_migrator SET lock_timeout = '2s';
ALTER ROLE nobat_migrator SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE nobat_reader SET default_transaction_read_only = 'on';
ALTER ROLE nobat_reader SET statement_timeout = '60s';
ALTER ROLE nobat_reader SET idle_in_transaction_session_timeout = '60s';

-- The migrator owns the database, and by that the schema; everything it makes is its own.
ALTER DATABASE nobat OWNER TO nobat_migrator;
REVOKE ALL ON DATABASE nobat FROM PUBLIC;
GRANT CONNECT ON DATABASE nobat TO nobat_app, nobat_reader, nobat_backup;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO nobat_app, nobat_reader;

-- What there is, and what the migrator will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO nobat_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO nobat_app;
ALTER DEFAULT PRIVILEGES FOR ROLE nobat_migrator IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO nobat_app;
ALTER DEFAULT PRIVILEGES FOR ROLE nobat_migrator IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO nobat_app;

-- The application writes the journal and never rewrites it, and does not say which migrations were done.
-- It deletes entries that are older than five years: of younger ones a trigger of the table lets none go.
-- Nobody reads people, what opens their accounts, or what was sent to them, only to look around: a table that
-- is new stays shut to the reader until this file has been run again.
SELECT format('REVOKE UPDATE, %s TRUNCATE ON %I FROM nobat_app', more, relname)
FROM pg_class JOIN (VALUES ('journal_journalentry', ''), ('journal_journalseal', 'DELETE,')) AS kept (name, more)
    ON relname = name
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
\gexec
SELECT format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %I FROM nobat_app', relname)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname = 'django_migrations'
\gexec
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM nobat_reader;
SELECT format('GRANT SELECT ON %I TO nobat_reader', relname)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND relname ~ '^(appointments|figures|journal|offices|schedule|visits)_'
    AND relname !~ '(operator|member)'
\gexec

-- pgBackRest, on the database machine itself.
GRANT pg_read_all_settings, pg_checkpoint TO nobat_backup;
GRANT EXECUTE ON FUNCTION
    pg_backup_start(text, boolean), pg_backup_stop(boolean), pg_switch_wal(),
    pg_create_restore_point(text)
    TO nobat_backup;

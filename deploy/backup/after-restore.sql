-- psql -f after-restore.sql, as postgres, as soon as a restored database takes writes.
--
-- A restored database writes a new history. Until a piece of it has been archived, whoever
-- restores again gets the old one, with the mistake that was to be undone; and the minute of
-- archive_timeout does not begin to run before the first checkpoint. `make restore-drill`
-- showed both.
CHECKPOINT;
SELECT pg_switch_wal();

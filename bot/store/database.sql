-- What belongs to SQLite alone: how a connection is set up and a transaction is framed.

-- name: write_ahead()$
PRAGMA journal_mode = WAL;

-- name: sync_every_commit()^
PRAGMA synchronous = FULL;

-- name: enforce_foreign_keys()^
PRAGMA foreign_keys = ON;

-- name: forbid_writing()^
PRAGMA query_only = ON;

-- name: begin_writing()^
BEGIN IMMEDIATE;

-- name: begin_reading()^
BEGIN;

-- name: commit()^
COMMIT;

-- name: start_unit()^
SAVEPOINT unit;

-- name: keep_unit()^
RELEASE unit;

-- name: take_unit_back()^
ROLLBACK TO unit;

-- name: create_versions()^
CREATE TABLE IF NOT EXISTS migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL
);

-- name: prove_writable()
-- Touches no row, and fails on a file that may not be written: BEGIN IMMEDIATE does not.
DELETE FROM migrations WHERE version < 0
RETURNING version;

-- name: versions()
SELECT version FROM migrations ORDER BY version;

-- name: note_version(version, name)^
INSERT INTO migrations (version, name) VALUES (:version, :name) RETURNING version;

-- name: check_whole()^
PRAGMA integrity_check(10);

-- name: check_references()^
PRAGMA foreign_key_check;

-- name: one_file()^
-- A copy must not need a log beside it.
PRAGMA journal_mode = DELETE;

-- name: log_into_file()^
PRAGMA wal_checkpoint(TRUNCATE);

-- name: tables()
SELECT name FROM sqlite_schema WHERE type = 'table';

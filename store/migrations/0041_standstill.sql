-- +goose Up

-- Why the bot was away, what fell into that time, and how much waited at its end.
-- One that is open goes on: it ends, and is told, when its end is seen, or at the
-- next start.
ALTER TABLE absence ADD COLUMN cause     TEXT    NOT NULL DEFAULT '';
ALTER TABLE absence ADD COLUMN open      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE absence ADD COLUMN subjects  TEXT    NOT NULL DEFAULT ''; -- references with spaces between them
ALTER TABLE absence ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE absence ADD COLUMN updates   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE absence ADD COLUMN messages  INTEGER NOT NULL DEFAULT 0;
CREATE INDEX absence_open ON absence (id) WHERE open <> 0;

-- +goose Down
DROP INDEX absence_open;
ALTER TABLE absence DROP COLUMN messages; ALTER TABLE absence DROP COLUMN updates; ALTER TABLE absence DROP COLUMN reminders;
ALTER TABLE absence DROP COLUMN subjects; ALTER TABLE absence DROP COLUMN open; ALTER TABLE absence DROP COLUMN cause;

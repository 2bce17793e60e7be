-- +goose Up

-- What was filed at once is asked about at once.
ALTER TABLE evidence ADD COLUMN filing INTEGER NOT NULL DEFAULT 0;      -- number of the first piece filed along with it
ALTER TABLE evidence ADD COLUMN album TEXT NOT NULL DEFAULT '';         -- Telegram's id of the album it came in
ALTER TABLE evidence ADD COLUMN task_number INTEGER NOT NULL DEFAULT 0; -- the task with which it was handed in
ALTER TABLE evidence ADD COLUMN takes_place INTEGER NOT NULL DEFAULT 0; -- the piece whose place it takes, once it is kept
UPDATE evidence SET filing = number;
CREATE INDEX evidence_filing ON evidence (filing);
CREATE INDEX evidence_album ON evidence (member_id, album) WHERE album <> '';
CREATE INDEX evidence_task ON evidence (task_number) WHERE task_number <> 0;

-- +goose Down
DROP INDEX evidence_task; DROP INDEX evidence_album; DROP INDEX evidence_filing;
ALTER TABLE evidence DROP COLUMN takes_place; ALTER TABLE evidence DROP COLUMN task_number; ALTER TABLE evidence DROP COLUMN album; ALTER TABLE evidence DROP COLUMN filing;

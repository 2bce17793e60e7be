-- +goose Up

-- The working groups that a task belongs to beside its own group.
CREATE TABLE task_partner (
    task_number INTEGER NOT NULL REFERENCES task (number),
    group_id    INTEGER NOT NULL,
    PRIMARY KEY (task_number, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_partner_group ON task_partner (group_id);

-- Which tasks wait for which. What has ended is awaited no more, and is again
-- when it is taken up again.
CREATE TABLE task_wait (
    task_number    INTEGER NOT NULL REFERENCES task (number),
    awaited_number INTEGER NOT NULL REFERENCES task (number),
    PRIMARY KEY (task_number, awaited_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_wait_awaited ON task_wait (awaited_number);

-- Whether anything of a task stands in these two tables. Most have nothing there,
-- and are read without asking.
ALTER TABLE task ADD COLUMN tied INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE task DROP COLUMN tied;
DROP TABLE task_wait; DROP TABLE task_partner;

-- +goose Up

-- Whose tasks are open is asked all day, and each person's have mostly ended: with each
-- assignment stands whether its task has, so that neither these nor the others' open tasks
-- are looked through.
ALTER TABLE task_assignee ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;
UPDATE task_assignee SET ended = 1 WHERE task_number IN (SELECT number FROM task WHERE ended_at IS NOT NULL);
DROP INDEX task_assignee_member;
CREATE INDEX task_assignee_member ON task_assignee (member_id, ended) WHERE member_id <> 0;

-- +goose Down
DROP INDEX task_assignee_member;
CREATE INDEX task_assignee_member ON task_assignee (member_id) WHERE member_id <> 0;
ALTER TABLE task_assignee DROP COLUMN ended;

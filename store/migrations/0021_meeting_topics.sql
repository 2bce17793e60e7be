-- +goose Up

-- From where a topic was proposed, to say there what became of it; and who decided that.
ALTER TABLE meeting_topic ADD COLUMN chat_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_topic ADD COLUMN thread_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_topic ADD COLUMN message_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_topic ADD COLUMN decided_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_topic ADD COLUMN decided_at INTEGER;

-- +goose Down
ALTER TABLE meeting_topic DROP COLUMN decided_at; ALTER TABLE meeting_topic DROP COLUMN decided_by;
ALTER TABLE meeting_topic DROP COLUMN message_id; ALTER TABLE meeting_topic DROP COLUMN thread_id; ALTER TABLE meeting_topic DROP COLUMN chat_id;

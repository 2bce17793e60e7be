-- +goose Up

-- The message that said a line, so that its edition corrects the line.
ALTER TABLE meeting_minute ADD COLUMN chat_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_minute ADD COLUMN message_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX meeting_minute_message ON meeting_minute (chat_id, message_id) WHERE message_id <> 0;

-- Who was there by which edition of the minutes: an agreed one is never changed.
ALTER TABLE meeting_attendee ADD COLUMN from_edition INTEGER NOT NULL DEFAULT 1;
ALTER TABLE meeting_attendee ADD COLUMN until_edition INTEGER NOT NULL DEFAULT 0;
DROP INDEX meeting_attendee_member;
CREATE UNIQUE INDEX meeting_attendee_member ON meeting_attendee (number, member_id) WHERE member_id <> 0 AND until_edition = 0;

-- +goose Down
DELETE FROM meeting_attendee WHERE until_edition <> 0;
DROP INDEX meeting_attendee_member;
CREATE UNIQUE INDEX meeting_attendee_member ON meeting_attendee (number, member_id) WHERE member_id <> 0;
ALTER TABLE meeting_attendee DROP COLUMN until_edition;
ALTER TABLE meeting_attendee DROP COLUMN from_edition;
DROP INDEX meeting_minute_message;
ALTER TABLE meeting_minute DROP COLUMN message_id;
ALTER TABLE meeting_minute DROP COLUMN chat_id;

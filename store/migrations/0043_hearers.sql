-- +goose Up

-- Whoever is spoken to in a morning hears all that is due for that one person or group,
-- which is found without looking at what is due for thousands of others; so is what is for
-- several.
CREATE INDEX reminder_member ON reminder (member_id) WHERE state = 'waiting' AND member_id <> 0;
CREATE INDEX reminder_group ON reminder (group_id) WHERE state = 'waiting' AND audience = 'group';
CREATE INDEX reminder_common ON reminder (due_at) WHERE state = 'waiting' AND member_id = 0 AND audience <> 'group';

-- +goose Down
DROP INDEX reminder_common; DROP INDEX reminder_group; DROP INDEX reminder_member;

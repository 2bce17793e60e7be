-- +goose Up

-- What one person or one group alone hears when it falls due is found by both, so that
-- whatever waits for them further ahead is not looked at.
DROP INDEX reminder_member; DROP INDEX reminder_group;
CREATE INDEX reminder_member ON reminder (member_id, due_at) WHERE state = 'waiting' AND member_id <> 0;
CREATE INDEX reminder_group ON reminder (group_id, due_at) WHERE state = 'waiting' AND audience = 'group';

-- +goose Down
DROP INDEX reminder_member; DROP INDEX reminder_group;
CREATE INDEX reminder_member ON reminder (member_id) WHERE state = 'waiting' AND member_id <> 0;
CREATE INDEX reminder_group ON reminder (group_id) WHERE state = 'waiting' AND audience = 'group';

-- +goose Up

-- The coordinator who recorded the points on the member's behalf; 0: the member.
ALTER TABLE idea_score ADD COLUMN recorded_by INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE idea_score DROP COLUMN recorded_by;

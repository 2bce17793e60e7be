-- +goose Up

-- How the questions of a group stand is counted in an index alone.
CREATE INDEX question_to ON question (to_group, asked_at, answered_at, target_at, stood, state) WHERE answered_at IS NOT NULL;
CREATE INDEX question_from ON question (from_group, asked_at, answered_at, target_at, stood, state) WHERE answered_at IS NOT NULL;
-- Which meeting comes next is found without reading those that were.
CREATE INDEX meeting_planned ON meeting (starts_at) WHERE state = 'planned';
-- How far the evidence of an indicator is, with all that decides whether it counts.
DROP INDEX evidence_indicator;
CREATE INDEX evidence_indicator ON evidence (indicator_id, state, replaced_by, withdrawn, personal, kind, hash);

-- +goose Down
DROP INDEX evidence_indicator;
CREATE INDEX evidence_indicator ON evidence (indicator_id);
DROP INDEX meeting_planned; DROP INDEX question_from; DROP INDEX question_to;

-- +goose Up

-- What the members of the council gave, by criterion.
CREATE TABLE idea_score (
    idea_number INTEGER NOT NULL REFERENCES idea (number),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    criterion   TEXT    NOT NULL,
    points      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (idea_number, member_id, criterion)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_score_member ON idea_score (member_id);

-- The rubric with which a review was opened, as JSON: a later rubric does not change it.
ALTER TABLE idea ADD COLUMN rubric TEXT NOT NULL DEFAULT '';
-- When everybody was told of the decision; NULL: not yet.
ALTER TABLE idea ADD COLUMN decision_told INTEGER;

-- +goose Down
ALTER TABLE idea DROP COLUMN decision_told;
ALTER TABLE idea DROP COLUMN rubric;
DROP TABLE idea_score;

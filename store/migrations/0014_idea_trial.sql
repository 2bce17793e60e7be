-- +goose Up

-- What people say about a trial: whether it helps them, asked when it begins (round 1)
-- and again four weeks later (round 2). Each person's last word in a round counts.
CREATE TABLE idea_feedback (
    idea_number INTEGER NOT NULL REFERENCES idea (number),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    round       INTEGER NOT NULL,
    helped      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (idea_number, member_id, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_feedback_member ON idea_feedback (member_id);

-- What was written into the profile of an idea, field by field.
CREATE TABLE idea_field (
    idea_number INTEGER NOT NULL REFERENCES idea (number),
    field       TEXT    NOT NULL,
    text        TEXT    NOT NULL,
    member_id   INTEGER NOT NULL REFERENCES member (id),  -- who wrote it last
    at          INTEGER NOT NULL,
    PRIMARY KEY (idea_number, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_field_member ON idea_field (member_id);

-- +goose Down
DROP TABLE idea_field; DROP TABLE idea_feedback;

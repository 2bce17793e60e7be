-- +goose Up

-- How often a person was reminded on a day without having asked.
CREATE TABLE notice (
    id        INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL REFERENCES member (id),
    said_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_member ON notice (member_id, said_at);

-- +goose Down
DROP TABLE notice;

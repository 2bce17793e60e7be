-- +goose Up

-- To whom the way to begin was offered, once for each role.
CREATE TABLE guidance (
    member_id  INTEGER NOT NULL REFERENCES member (id),
    role       TEXT NOT NULL,
    offered_at INTEGER NOT NULL,
    PRIMARY KEY (member_id, role)
) STRICT, WITHOUT ROWID;

-- What somebody was refused last in a chat, for the next call for help there.
CREATE TABLE refusal (
    chat_id   INTEGER NOT NULL,
    member_id INTEGER NOT NULL REFERENCES member (id),
    text      TEXT NOT NULL,
    said_at   INTEGER NOT NULL,
    PRIMARY KEY (chat_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX refusal_said ON refusal (said_at);

-- +goose Down
DROP INDEX refusal_said; DROP TABLE refusal; DROP TABLE guidance;

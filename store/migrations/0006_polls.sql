-- +goose Up

-- One question with a choice, put to several groups at once.
CREATE TABLE poll (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    question    TEXT    NOT NULL,
    options     TEXT    NOT NULL,                      -- a list in JSON
    several     INTEGER NOT NULL,
    named       INTEGER NOT NULL,
    deadline_at INTEGER,                               -- null: until somebody closes it
    zone        TEXT    NOT NULL DEFAULT '',
    state       TEXT    NOT NULL,
    created_by  INTEGER NOT NULL REFERENCES member (id),
    created_at  INTEGER NOT NULL,
    closed_at   INTEGER,
    version     INTEGER NOT NULL
) STRICT;

-- A poll as it stands in one group, with what people chose there: numbers only.
CREATE TABLE poll_copy (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    poll_number INTEGER NOT NULL REFERENCES poll (number),
    group_id    INTEGER NOT NULL,
    kind        TEXT    NOT NULL,                      -- of the group when it was posted
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER NOT NULL DEFAULT 0,            -- 0: not posted, or out of reach
    telegram_id TEXT    NOT NULL DEFAULT '',           -- of Telegram's own poll
    state       TEXT    NOT NULL,
    missing     TEXT    NOT NULL DEFAULT '',           -- why it is not counted to the end
    votes       TEXT    NOT NULL DEFAULT '[]',         -- by option, a list in JSON
    voters      INTEGER NOT NULL DEFAULT 0,
    final       INTEGER NOT NULL DEFAULT 0             -- counted after it was closed
) STRICT;
CREATE INDEX poll_copy_poll ON poll_copy (poll_number);
CREATE INDEX poll_copy_chat ON poll_copy (chat_id);
CREATE INDEX poll_copy_open ON poll_copy (state) WHERE state = 'waiting';
CREATE UNIQUE INDEX poll_copy_telegram ON poll_copy (telegram_id) WHERE telegram_id <> '';

-- Numbers of polls that Telegram tells before it is known which copy they are of:
-- somebody votes faster than the sending is written down.
CREATE TABLE poll_stray (
    telegram_id TEXT    PRIMARY KEY,
    votes       TEXT    NOT NULL,
    voters      INTEGER NOT NULL,
    final       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE poll_stray; DROP TABLE poll_copy; DROP TABLE poll;

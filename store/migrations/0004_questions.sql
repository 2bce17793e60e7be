-- +goose Up

-- What is asked across groups. The message that asked stands in chat_id and
-- message_id; message_id is 0 where it cannot be replied to any more.
CREATE TABLE question (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    asker_id    INTEGER NOT NULL REFERENCES member (id),
    named       INTEGER NOT NULL,
    shown_as    TEXT    NOT NULL DEFAULT '',           -- the name that the asker lets be shown
    from_group  INTEGER NOT NULL DEFAULT 0,            -- 0: asked in private
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER NOT NULL DEFAULT 0,
    to_group    INTEGER NOT NULL DEFAULT 0,            -- exactly one of the three is not 0
    to_member   INTEGER NOT NULL DEFAULT 0,
    to_position INTEGER NOT NULL DEFAULT 0,
    text        TEXT    NOT NULL,
    edited      INTEGER NOT NULL DEFAULT 0,
    state       TEXT    NOT NULL,
    outcome     TEXT    NOT NULL DEFAULT '',
    asked_at    INTEGER NOT NULL,
    target_at   INTEGER NOT NULL,
    workdays    INTEGER NOT NULL,
    stood_from  INTEGER,                               -- null: the clock runs
    stood       INTEGER NOT NULL DEFAULT 0,
    reopened_at INTEGER,
    needs_until INTEGER,                               -- null: nobody has asked for more time
    escalated   INTEGER NOT NULL DEFAULT 0,
    version     INTEGER NOT NULL
) STRICT;
CREATE INDEX question_open ON question (target_at) WHERE state IN ('sent', 'waiting', 'clarifying');
CREATE INDEX question_asked ON question (asked_at);
CREATE INDEX question_asker ON question (asker_id);
CREATE INDEX question_message ON question (chat_id, message_id) WHERE message_id <> 0;

-- The answer to a question, and what was added to it.
CREATE TABLE answer (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    question_number INTEGER NOT NULL REFERENCES question (number),
    member_id       INTEGER NOT NULL,
    recorded_by     INTEGER NOT NULL DEFAULT 0,        -- a coordinator, on behalf of the member
    text            TEXT    NOT NULL,
    at              INTEGER NOT NULL,
    delivered       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX answer_question ON answer (question_number);
CREATE INDEX answer_at ON answer (at);

-- What was written and waits for a yes: a question before it is asked, under the
-- number that it will have, and an answer before it leaves.
CREATE TABLE question_draft (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    member_id   INTEGER NOT NULL,
    from_group  INTEGER NOT NULL DEFAULT 0,
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER NOT NULL DEFAULT 0,
    album       TEXT    NOT NULL DEFAULT '',           -- Telegram sends the rest of an album as further messages
    to_group    INTEGER NOT NULL DEFAULT 0,
    to_member   INTEGER NOT NULL DEFAULT 0,
    to_position INTEGER NOT NULL DEFAULT 0,
    text        TEXT    NOT NULL,
    files       TEXT    NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX question_draft_message ON question_draft (chat_id, message_id);

-- +goose Down
DROP TABLE question_draft; DROP TABLE answer; DROP TABLE question;

-- +goose Up

-- Questions put to named people or groups, once or in rounds.
CREATE TABLE prompt (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    text          TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    choices       TEXT    NOT NULL DEFAULT '',         -- a JSON list
    show_texts    INTEGER NOT NULL DEFAULT 0,
    task_number   INTEGER NOT NULL DEFAULT 0,          -- a check-in on this task
    recurrence    TEXT    NOT NULL DEFAULT '',
    next_at       INTEGER,                             -- by the rule; null: no round is to come
    length_days   INTEGER NOT NULL DEFAULT 0,          -- of each round
    length_minute INTEGER NOT NULL DEFAULT 0,
    state         TEXT    NOT NULL,
    round         INTEGER NOT NULL DEFAULT 0,          -- the present one, or the last
    created_by    INTEGER NOT NULL REFERENCES member (id),
    created_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
) STRICT;
CREATE INDEX prompt_living ON prompt (state) WHERE state IN ('open', 'waiting');
CREATE INDEX prompt_task ON prompt (task_number) WHERE task_number <> 0;

-- Whom a prompt is put to: exactly one of the four is set.
CREATE TABLE prompt_target (
    prompt_number INTEGER NOT NULL REFERENCES prompt (number),
    member_id     INTEGER NOT NULL DEFAULT 0,
    group_id      INTEGER NOT NULL DEFAULT 0,
    role          TEXT    NOT NULL DEFAULT '',
    position_id   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (prompt_number, member_id, group_id, role, position_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE prompt_round (
    prompt_number INTEGER NOT NULL REFERENCES prompt (number),
    round         INTEGER NOT NULL,
    opened_at     INTEGER NOT NULL,
    deadline_at   INTEGER,
    deadline_zone TEXT    NOT NULL DEFAULT '',
    closed_at     INTEGER,
    PRIMARY KEY (prompt_number, round)
) STRICT, WITHOUT ROWID;

-- Who is asked in a round: a person, with the group whose card carries the
-- question (0: none); or, with member_id 0, everybody in a group.
CREATE TABLE prompt_asked (
    prompt_number INTEGER NOT NULL REFERENCES prompt (number),
    round         INTEGER NOT NULL,
    member_id     INTEGER NOT NULL DEFAULT 0,
    group_id      INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (prompt_number, round, member_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_asked_member ON prompt_asked (member_id) WHERE member_id <> 0;

-- What somebody answered, as it stands. The message that gave it stands in
-- chat_id and message_id, for corrections by editing; message_id is 0 after a press.
CREATE TABLE prompt_answer (
    prompt_number INTEGER NOT NULL REFERENCES prompt (number),
    round         INTEGER NOT NULL,
    member_id     INTEGER NOT NULL,
    group_id      INTEGER NOT NULL DEFAULT 0,
    value         TEXT    NOT NULL DEFAULT '',         -- empty: nothing that counts
    words         TEXT    NOT NULL DEFAULT '',
    aside         TEXT    NOT NULL DEFAULT '',         -- words that do not count
    at            INTEGER NOT NULL,
    chat_id       INTEGER NOT NULL DEFAULT 0,
    message_id    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (prompt_number, round, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_answer_member ON prompt_answer (member_id);

-- +goose Down
DROP TABLE prompt_answer; DROP TABLE prompt_asked; DROP TABLE prompt_round; DROP TABLE prompt_target; DROP TABLE prompt;

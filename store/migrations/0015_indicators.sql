-- +goose Up

-- What an evaluation asks for, as the city's own sheets say.
CREATE TABLE indicator (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    evaluation   INTEGER NOT NULL REFERENCES evaluation (number),
    code         TEXT    NOT NULL,
    dimension    TEXT    NOT NULL DEFAULT '',
    subdimension TEXT    NOT NULL DEFAULT '',
    name         TEXT    NOT NULL,
    unit         TEXT    NOT NULL DEFAULT '',
    target       TEXT    NOT NULL DEFAULT '',
    weight       INTEGER NOT NULL DEFAULT 0,           -- hundredths of a percent
    owner        TEXT    NOT NULL DEFAULT '',
    examples     TEXT    NOT NULL DEFAULT '',
    retired      INTEGER NOT NULL DEFAULT 0,
    UNIQUE (evaluation, code)
) STRICT;

-- Which task is to bring the evidence of which indicator.
CREATE TABLE indicator_task (
    task_number  INTEGER PRIMARY KEY REFERENCES task (number),
    indicator_id INTEGER NOT NULL REFERENCES indicator (id)
) STRICT;
CREATE INDEX indicator_task_indicator ON indicator_task (indicator_id);

-- What was filed. The content lies in the vault under its hash, each content once.
CREATE TABLE evidence (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    member_id    INTEGER NOT NULL REFERENCES member (id),
    chat_id      INTEGER NOT NULL,
    thread_id    INTEGER NOT NULL DEFAULT 0,
    message_id   INTEGER NOT NULL DEFAULT 0,
    kind         TEXT    NOT NULL,
    file_id      TEXT    NOT NULL DEFAULT '',
    unique_id    TEXT    NOT NULL DEFAULT '',
    name         TEXT    NOT NULL DEFAULT '',
    link         TEXT    NOT NULL DEFAULT '',
    words        TEXT    NOT NULL DEFAULT '',
    hash         TEXT    NOT NULL DEFAULT '',          -- empty: not in the vault yet
    size         INTEGER NOT NULL DEFAULT 0,
    personal     TEXT    NOT NULL DEFAULT '',
    state        TEXT    NOT NULL,
    reason       TEXT    NOT NULL DEFAULT '',
    checked_by   INTEGER NOT NULL DEFAULT 0,
    checked_at   INTEGER,
    version      INTEGER NOT NULL,
    replaced_by  INTEGER NOT NULL DEFAULT 0,
    withdrawn    INTEGER NOT NULL DEFAULT 0,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_indicator ON evidence (indicator_id);
CREATE INDEX evidence_message ON evidence (chat_id, message_id) WHERE message_id <> 0;
CREATE INDEX evidence_hash ON evidence (hash) WHERE hash <> '';

-- A sheet that was read and waits for a word, or has been kept.
CREATE TABLE indicator_draft (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    evaluation INTEGER NOT NULL DEFAULT 0,             -- 0: it is asked which
    state      TEXT    NOT NULL,
    content    TEXT    NOT NULL,                       -- JSON of the conversation's own
    created_at INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE indicator_draft; DROP TABLE evidence; DROP TABLE indicator_task; DROP TABLE indicator;

-- +goose Up

-- Times are unix milliseconds. Columns ending in _at that speak of sending and
-- receiving (inbox, outbox) are real time; all others are the rules' clock.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every update is here before Telegram is told that it arrived.
CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    chat_id     INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    raw         TEXT    NOT NULL,                      -- blanked once handled, or set aside long ago
    state       TEXT    NOT NULL DEFAULT 'waiting',    -- waiting, handled, set_aside
    kind        TEXT    NOT NULL DEFAULT '',           -- of set-aside updates
    reason      TEXT    NOT NULL DEFAULT ''            -- of set-aside updates, never words
) STRICT;
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE state = 'waiting';
CREATE INDEX inbox_set_aside ON inbox (update_id) WHERE state = 'set_aside';
CREATE INDEX inbox_received ON inbox (received_at);

-- Every message is here before it is sent.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id    INTEGER NOT NULL,
    thread_id  INTEGER NOT NULL DEFAULT 0,
    kind       TEXT    NOT NULL,
    priority   INTEGER NOT NULL,
    payload    TEXT    NOT NULL,                       -- blanked once sent
    card_id    INTEGER REFERENCES card (id) ON DELETE SET NULL,
    unique_key TEXT UNIQUE,
    not_before INTEGER NOT NULL DEFAULT 0,
    state      TEXT    NOT NULL DEFAULT 'queued',      -- queued, sending, sent, unknown, never
    attempts   INTEGER NOT NULL DEFAULT 0,             -- how often the line broke after the request went out
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    reason     TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outbox_card ON outbox (card_id) WHERE state = 'queued';
CREATE INDEX outbox_open ON outbox (chat_id) WHERE ended_at IS NULL;
CREATE INDEX outbox_ended ON outbox (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX outbox_broken ON outbox (attempts) WHERE attempts > 0;

-- A card is the one message of the bot about a thing in a chat, edited in place.
CREATE TABLE card (
    id         INTEGER PRIMARY KEY,
    subject    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    chat_id    INTEGER NOT NULL,
    thread_id  INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER NOT NULL DEFAULT 0,             -- 0: to be sent afresh
    UNIQUE (subject, kind, chat_id, thread_id)
) STRICT;
CREATE INDEX card_message ON card (chat_id, message_id);

-- What a message of the bot is about: replying to it is naming the reference.
-- Of cards only those messages are here that are no longer the card.
CREATE TABLE message (
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    subject    TEXT    NOT NULL,
    kind       TEXT    NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    telegram_id INTEGER UNIQUE,                        -- null: mentioned, not yet seen
    name        TEXT NOT NULL DEFAULT '',
    username    TEXT NOT NULL DEFAULT '',
    folded      TEXT NOT NULL DEFAULT '',              -- username in the form in which two are compared
    address     TEXT NOT NULL DEFAULT '',
    language    TEXT NOT NULL DEFAULT 'id',
    reach       TEXT NOT NULL DEFAULT 'never_started',
    seen_at     INTEGER NOT NULL DEFAULT 0,
    same_as     INTEGER REFERENCES member (id)         -- the person whom this mention turned out to be
) STRICT;
CREATE UNIQUE INDEX member_folded ON member (folded) WHERE folded <> '';

CREATE TABLE role (
    member_id INTEGER NOT NULL REFERENCES member (id),
    role      TEXT    NOT NULL,
    source    TEXT    NOT NULL,                        -- owners, claim, granted
    PRIMARY KEY (member_id, role)
) STRICT, WITHOUT ROWID;

-- A chat the bot is in. What nobody links within a day is left.
CREATE TABLE chat (
    chat_id   INTEGER PRIMARY KEY,
    title     TEXT    NOT NULL,
    joined_at INTEGER NOT NULL,
    leave_at  INTEGER                                  -- null: linked, or already left
) STRICT;

CREATE TABLE linked_group (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id   INTEGER NOT NULL,
    thread_id INTEGER NOT NULL DEFAULT 0,              -- negative: that topic is gone, and the whole chat has a row of its own
    title     TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    dimension TEXT    NOT NULL DEFAULT '',
    language  TEXT    NOT NULL DEFAULT 'id',
    reachable INTEGER NOT NULL DEFAULT 1,
    linked    INTEGER NOT NULL DEFAULT 1,
    UNIQUE (chat_id, thread_id)
) STRICT;

CREATE TABLE membership (
    member_id INTEGER NOT NULL REFERENCES member (id),
    chat_id   INTEGER NOT NULL,
    PRIMARY KEY (member_id, chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_chat ON membership (chat_id);

-- People's words, apart from the events, so that they can be erased.
CREATE TABLE words (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id INTEGER,
    text      TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    at        INTEGER NOT NULL,
    member_id INTEGER NOT NULL DEFAULT 0,
    subject   TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    detail    TEXT    NOT NULL DEFAULT '',
    words_id  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX event_subject ON event (subject, id);
-- +goose StatementBegin
CREATE TRIGGER event_is_append_only_update BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'events are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_is_append_only_delete BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'events are append-only'); END;
-- +goose StatementEnd

CREATE TABLE task (
    number             INTEGER PRIMARY KEY AUTOINCREMENT,
    title              TEXT    NOT NULL,
    full_text          TEXT    NOT NULL DEFAULT '',
    folded             TEXT    NOT NULL,               -- title and full text, lower case, for the search
    group_id           INTEGER NOT NULL DEFAULT 0,
    evaluation_id      INTEGER NOT NULL DEFAULT 0,
    created_by         INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    deadline_at        INTEGER,
    deadline_zone      TEXT    NOT NULL DEFAULT '',
    deadline_asked     INTEGER NOT NULL DEFAULT 0,
    state              TEXT    NOT NULL,
    ended_at           INTEGER,
    recurrence         TEXT    NOT NULL DEFAULT '',
    version            INTEGER NOT NULL,
    command_chat_id    INTEGER NOT NULL DEFAULT 0,     -- the message that made it, for corrections by editing
    command_message_id INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX task_group ON task (group_id) WHERE group_id <> 0;
CREATE INDEX task_due ON task (deadline_at) WHERE state IN ('new', 'in_progress', 'blocked');
CREATE INDEX task_ended ON task (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX task_evaluation ON task (evaluation_id) WHERE evaluation_id <> 0;
CREATE INDEX task_command ON task (command_chat_id, command_message_id) WHERE command_message_id <> 0;

CREATE TABLE task_assignee (
    task_number  INTEGER NOT NULL REFERENCES task (number),
    member_id    INTEGER NOT NULL DEFAULT 0,
    group_id     INTEGER NOT NULL DEFAULT 0,
    state        TEXT    NOT NULL,
    progress     INTEGER NOT NULL DEFAULT 0,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (task_number, member_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_assignee_member ON task_assignee (member_id) WHERE member_id <> 0;
CREATE INDEX task_assignee_group ON task_assignee (group_id) WHERE group_id <> 0;

CREATE TABLE attachment (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    subject   TEXT    NOT NULL,
    kind      TEXT    NOT NULL,                        -- document, photo
    file_id   TEXT    NOT NULL,
    unique_id TEXT    NOT NULL,
    name      TEXT    NOT NULL DEFAULT '',
    member_id INTEGER NOT NULL,
    added_at  INTEGER NOT NULL,
    UNIQUE (subject, unique_id)
) STRICT;

CREATE TABLE evaluation (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

CREATE TABLE milestone (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    evaluation_number INTEGER NOT NULL REFERENCES evaluation (number),
    kind              TEXT    NOT NULL,
    at                INTEGER NOT NULL,
    zone              TEXT    NOT NULL
) STRICT;
CREATE INDEX milestone_evaluation ON milestone (evaluation_number);

-- What is due to be said to whom and when. The table is the schedule.
CREATE TABLE reminder (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    subject      TEXT    NOT NULL,
    milestone_id INTEGER NOT NULL DEFAULT 0,
    step         TEXT    NOT NULL,
    audience     TEXT    NOT NULL,
    member_id    INTEGER NOT NULL DEFAULT 0,
    group_id     INTEGER NOT NULL DEFAULT 0,
    deadline_at  INTEGER NOT NULL,                     -- the deadline it hangs on: said once for each
    due_at       INTEGER NOT NULL,
    state        TEXT    NOT NULL DEFAULT 'waiting',   -- waiting, said, dropped
    reason       TEXT    NOT NULL DEFAULT '',
    ended_at     INTEGER,
    UNIQUE (subject, milestone_id, step, audience, member_id, group_id, deadline_at)
) STRICT;
CREATE INDEX reminder_due ON reminder (due_at) WHERE state = 'waiting';

-- Where a guided conversation with a person in a chat stands.
CREATE TABLE dialog (
    chat_id    INTEGER NOT NULL,
    member_id  INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    step       TEXT    NOT NULL,
    data       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, member_id)
) STRICT, WITHOUT ROWID;

-- The thing as it was before its last change, for ten minutes.
CREATE TABLE undo (
    subject    TEXT PRIMARY KEY,
    member_id  INTEGER NOT NULL,
    version    INTEGER NOT NULL,                       -- of the thing after the change
    snapshot   TEXT    NOT NULL,
    told       TEXT    NOT NULL,                       -- member ids, comma-separated
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday (
    date        TEXT PRIMARY KEY,                      -- 2026-05-27
    name        TEXT NOT NULL,
    joint_leave INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE holiday; DROP TABLE undo; DROP TABLE dialog; DROP TABLE reminder; DROP TABLE milestone;
DROP TABLE evaluation; DROP TABLE attachment; DROP TABLE task_assignee; DROP TABLE task; DROP TABLE event;
DROP TABLE words; DROP TABLE membership; DROP TABLE linked_group; DROP TABLE chat; DROP TABLE role;
DROP TABLE message; DROP TABLE outbox; DROP TABLE card; DROP TABLE inbox; DROP TABLE member; DROP TABLE setting;

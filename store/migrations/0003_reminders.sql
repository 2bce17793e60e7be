-- +goose Up

-- When each assignee was given the task, was last heard of, and wishes to be
-- reminded again. 0 is never; of older rows the task's own moment counts.
ALTER TABLE task_assignee ADD COLUMN assigned_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task_assignee ADD COLUMN active_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task_assignee ADD COLUMN snoozed_until INTEGER NOT NULL DEFAULT 0;

-- On which days before its dates an evaluation reminds, at which hour and with
-- which words, where that is not as in the whole city.
ALTER TABLE evaluation ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';

-- What somebody asked to be reminded of. next_at is null once it has ended.
CREATE TABLE own_reminder (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id  INTEGER NOT NULL REFERENCES member (id),
    group_id   INTEGER NOT NULL DEFAULT 0,             -- the group that is reminded; 0: the member in private
    text       TEXT    NOT NULL,
    about      TEXT    NOT NULL DEFAULT '',            -- the thing it is about, "T-12"
    recurrence TEXT    NOT NULL DEFAULT '',
    next_at    INTEGER,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    command_chat_id    INTEGER NOT NULL DEFAULT 0,     -- the message that made it, for corrections by editing
    command_message_id INTEGER NOT NULL DEFAULT 0,
    command_version    INTEGER NOT NULL DEFAULT 0      -- as that message has left it
) STRICT;
CREATE INDEX own_reminder_command ON own_reminder (command_chat_id, command_message_id) WHERE command_message_id <> 0;
CREATE INDEX own_reminder_member ON own_reminder (member_id) WHERE next_at IS NOT NULL;
CREATE INDEX own_reminder_group ON own_reminder (group_id) WHERE next_at IS NOT NULL AND group_id <> 0;

-- Days on which nothing is said to a person, the last one included.
CREATE TABLE leave (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id INTEGER NOT NULL REFERENCES member (id),
    first_day TEXT    NOT NULL,                        -- 2026-06-03
    last_day  TEXT    NOT NULL
) STRICT;
CREATE INDEX reminder_on_leave ON reminder (member_id) WHERE state = 'waiting' AND reason = 'on_leave';
CREATE INDEX leave_member ON leave (member_id, last_day);
CREATE INDEX leave_last ON leave (last_day);

-- Hours of a day in which nothing is said to a person or a group, in minutes
-- after local midnight; one that ends before it begins goes over midnight.
CREATE TABLE quiet_time (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id   INTEGER NOT NULL DEFAULT 0,
    group_id    INTEGER NOT NULL DEFAULT 0,
    from_minute INTEGER NOT NULL,
    to_minute   INTEGER NOT NULL,
    UNIQUE (member_id, group_id, from_minute, to_minute)
) STRICT;

-- Offices that somebody holds for a time.
CREATE TABLE position (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    group_id INTEGER NOT NULL DEFAULT 0,               -- the group it answers for; 0: the whole city
    UNIQUE (kind, title, group_id)
) STRICT;
CREATE TABLE holding (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    position_id INTEGER NOT NULL REFERENCES position (id),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    deputy      INTEGER NOT NULL DEFAULT 0,
    style       TEXT    NOT NULL DEFAULT '',           -- what stands before a deputy's title: acting, daily, interim
    first_day   TEXT    NOT NULL,
    last_day    TEXT    NOT NULL DEFAULT '',           -- '': until somebody else holds it
    UNIQUE (position_id, member_id, first_day)
) STRICT;
CREATE INDEX holding_member ON holding (member_id);

-- A digest as it was said to a person, so that it can be turned and kept up to
-- date; its message is the card "D-<id>".
CREATE TABLE digest (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id INTEGER NOT NULL REFERENCES member (id),
    said_at   INTEGER NOT NULL,
    late      INTEGER NOT NULL DEFAULT 0,
    page      INTEGER NOT NULL DEFAULT 0,
    face      INTEGER NOT NULL DEFAULT 0               -- a mark of what the message shows
) STRICT;
CREATE INDEX digest_said ON digest (said_at);
CREATE TABLE digest_item (
    digest_id    INTEGER NOT NULL REFERENCES digest (id) ON DELETE CASCADE,
    place        INTEGER NOT NULL,
    subject      TEXT    NOT NULL,
    milestone_id INTEGER NOT NULL DEFAULT 0,
    step         TEXT    NOT NULL,
    audience     TEXT    NOT NULL,
    anchor_at    INTEGER NOT NULL,
    PRIMARY KEY (digest_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_item_subject ON digest_item (subject, digest_id);

-- Cards go with their digests: what was sent of them is found by the card.
DROP INDEX outbox_card;
CREATE INDEX outbox_card ON outbox (card_id, state) WHERE card_id IS NOT NULL;

-- From when to when Telegram could not be reached.
CREATE TABLE absence (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    from_at  INTEGER NOT NULL,
    until_at INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP INDEX outbox_card;
CREATE INDEX outbox_card ON outbox (card_id) WHERE state = 'queued';
DROP INDEX reminder_on_leave; DROP TABLE absence; DROP TABLE digest_item; DROP TABLE digest; DROP TABLE holding; DROP TABLE position;
DROP TABLE quiet_time; DROP TABLE leave; DROP TABLE own_reminder;
ALTER TABLE evaluation DROP COLUMN rhythm;
ALTER TABLE task_assignee DROP COLUMN snoozed_until; ALTER TABLE task_assignee DROP COLUMN active_at;
ALTER TABLE task_assignee DROP COLUMN assigned_at;

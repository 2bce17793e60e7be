-- +goose Up

CREATE TABLE announcement (
    number             INTEGER PRIMARY KEY AUTOINCREMENT,
    text               TEXT    NOT NULL,
    created_by         INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    send_at            INTEGER,                            -- null: at once
    sent_at            INTEGER,
    state              TEXT    NOT NULL,                   -- scheduled, sent, recalled, cancelled
    edition            INTEGER NOT NULL,                   -- grows with every correction of what went out
    version            INTEGER NOT NULL,
    shown_at           INTEGER NOT NULL DEFAULT 0,         -- when its numbers were last shown to its coordinators
    command_chat_id    INTEGER NOT NULL DEFAULT 0,         -- the message that made it, for corrections by editing
    command_message_id INTEGER NOT NULL DEFAULT 0,
    command_version    INTEGER NOT NULL DEFAULT 0          -- as that message has left it
) STRICT;
CREATE INDEX announcement_command ON announcement (command_chat_id, command_message_id) WHERE command_message_id <> 0;

-- For whom it is: kind "everyone", "kind", "dimension", "group" or "role".
CREATE TABLE announcement_addressee (
    number   INTEGER NOT NULL REFERENCES announcement (number),
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL DEFAULT '',
    group_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (number, kind, name, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_addressee_group ON announcement_addressee (group_id) WHERE group_id <> 0;

-- What went to one group or one person. Its message is the card.
CREATE TABLE announcement_copy (
    number     INTEGER NOT NULL REFERENCES announcement (number),
    group_id   INTEGER NOT NULL DEFAULT 0,
    member_id  INTEGER NOT NULL DEFAULT 0,
    card_id    INTEGER REFERENCES card (id) ON DELETE SET NULL,
    state      TEXT    NOT NULL,                           -- of its latest face: waiting, arrived, unreached, unsent
    arrived_at INTEGER,                                    -- null: no face of it has arrived
    PRIMARY KEY (number, group_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_copy_card ON announcement_copy (card_id) WHERE card_id IS NOT NULL;
CREATE INDEX announcement_copy_group ON announcement_copy (group_id, number) WHERE group_id <> 0;
CREATE INDEX announcement_copy_member ON announcement_copy (member_id, number) WHERE member_id <> 0;

-- Who has pressed that it was read, and in which group; 0 in private.
CREATE TABLE announcement_reader (
    number    INTEGER NOT NULL REFERENCES announcement (number),
    member_id INTEGER NOT NULL,
    group_id  INTEGER NOT NULL DEFAULT 0,
    read_at   INTEGER NOT NULL,
    PRIMARY KEY (number, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_reader_group ON announcement_reader (group_id) WHERE group_id <> 0;
CREATE INDEX announcement_reader_member ON announcement_reader (member_id);

-- +goose Down
DROP TABLE announcement_reader; DROP TABLE announcement_copy; DROP TABLE announcement_addressee; DROP TABLE announcement;

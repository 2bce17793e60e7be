-- +goose Up

-- Meetings. Who is invited stands in meeting_addressee (groups and roles) and
-- meeting_guest (each member that the bot knows of).
CREATE TABLE meeting (
    number             INTEGER PRIMARY KEY AUTOINCREMENT,
    title              TEXT    NOT NULL,
    starts_at          INTEGER NOT NULL,
    length             INTEGER NOT NULL,                       -- milliseconds
    place              TEXT    NOT NULL DEFAULT '',
    chair_id           INTEGER NOT NULL DEFAULT 0,
    chair_name         TEXT    NOT NULL DEFAULT '',            -- of who is no member
    scribe_id          INTEGER NOT NULL DEFAULT 0,
    scribe_name        TEXT    NOT NULL DEFAULT '',
    seats              INTEGER NOT NULL DEFAULT 0,
    previous           INTEGER NOT NULL DEFAULT 0,             -- the meeting that it goes on with
    recurrence         TEXT    NOT NULL DEFAULT '',            -- JSON; empty: once
    evaluation         INTEGER NOT NULL DEFAULT 0,
    question           INTEGER NOT NULL DEFAULT 0,
    state              TEXT    NOT NULL,
    edition            INTEGER NOT NULL,
    minutes_state      TEXT    NOT NULL DEFAULT '',
    minutes_edition    INTEGER NOT NULL DEFAULT 0,
    minutes_agreed_by  INTEGER NOT NULL DEFAULT 0,
    minutes_agreed_at  INTEGER,
    created_by         INTEGER NOT NULL,
    created_at         INTEGER NOT NULL,
    ended_at           INTEGER,
    version            INTEGER NOT NULL,
    command_chat_id    INTEGER NOT NULL DEFAULT 0,             -- the message that made it
    command_message_id INTEGER NOT NULL DEFAULT 0,
    command_version    INTEGER NOT NULL DEFAULT 1              -- the version that is as that message says
) STRICT;
CREATE INDEX meeting_starts ON meeting (starts_at);

CREATE TABLE meeting_addressee (
    number   INTEGER NOT NULL REFERENCES meeting (number),
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    group_id INTEGER NOT NULL,
    PRIMARY KEY (number, kind, name, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_addressee_group ON meeting_addressee (group_id) WHERE group_id <> 0;

-- Members of whom the bot knows that they are invited, or who answered.
CREATE TABLE meeting_guest (
    number              INTEGER NOT NULL REFERENCES meeting (number),
    member_id           INTEGER NOT NULL,
    by_name             INTEGER NOT NULL DEFAULT 0,            -- invited as this person
    group_id            INTEGER NOT NULL DEFAULT 0,
    told                INTEGER NOT NULL DEFAULT 0,            -- the edition that was said in private
    response            TEXT    NOT NULL DEFAULT '',
    representative_id   INTEGER NOT NULL DEFAULT 0,
    representative_name TEXT    NOT NULL DEFAULT '',
    reason              TEXT    NOT NULL DEFAULT '',
    responded_at        INTEGER,
    PRIMARY KEY (number, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_guest_member ON meeting_guest (member_id);

-- Who was there.
CREATE TABLE meeting_attendee (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    number     INTEGER NOT NULL REFERENCES meeting (number),
    member_id  INTEGER NOT NULL DEFAULT 0,
    name       TEXT    NOT NULL DEFAULT '',                    -- of who is no member
    for_member INTEGER NOT NULL DEFAULT 0,                     -- who is represented
    office     TEXT    NOT NULL DEFAULT '',
    group_id   INTEGER NOT NULL DEFAULT 0,
    noted_by   INTEGER NOT NULL,
    at         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX meeting_attendee_member ON meeting_attendee (number, member_id) WHERE member_id <> 0;
CREATE INDEX meeting_attendee_number ON meeting_attendee (number);

CREATE TABLE meeting_topic (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    number      INTEGER NOT NULL REFERENCES meeting (number),
    position    INTEGER NOT NULL DEFAULT 0,
    text        TEXT    NOT NULL,
    subject     TEXT    NOT NULL DEFAULT '',
    state       TEXT    NOT NULL,
    proposed_by INTEGER NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_topic_number ON meeting_topic (number);

-- Lines of minutes. Those of an agreed edition are never changed, only ended.
CREATE TABLE meeting_minute (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    number        INTEGER NOT NULL REFERENCES meeting (number),
    kind          TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    subject       TEXT    NOT NULL DEFAULT '',
    from_edition  INTEGER NOT NULL,
    until_edition INTEGER NOT NULL DEFAULT 0,
    noted_by      INTEGER NOT NULL,
    at            INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_minute_number ON meeting_minute (number);
CREATE INDEX meeting_minute_subject ON meeting_minute (subject) WHERE subject <> '';

-- +goose Down
DROP TABLE meeting_minute; DROP TABLE meeting_topic; DROP TABLE meeting_attendee; DROP TABLE meeting_guest;
DROP TABLE meeting_addressee; DROP TABLE meeting;

-- +goose Up

-- What the invited were told of a meeting, edition by edition.
CREATE TABLE meeting_edition (
    number    INTEGER NOT NULL REFERENCES meeting (number),
    edition   INTEGER NOT NULL,
    title     TEXT    NOT NULL,
    starts_at INTEGER NOT NULL,
    length    INTEGER NOT NULL,
    place     TEXT    NOT NULL,
    state     TEXT    NOT NULL,
    reason    TEXT    NOT NULL DEFAULT '',        -- why it was changed
    PRIMARY KEY (number, edition)
) STRICT, WITHOUT ROWID;

-- The groups that were told of a meeting: of which edition last, and which one they
-- knew before, while the last words wait to leave.
CREATE TABLE meeting_group (
    number   INTEGER NOT NULL REFERENCES meeting (number),
    group_id INTEGER NOT NULL,
    told     INTEGER NOT NULL,
    heard    INTEGER NOT NULL,
    PRIMARY KEY (number, group_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE meeting_guest ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting_guest ADD COLUMN for_member INTEGER NOT NULL DEFAULT 0; -- in whose place

-- +goose Down
ALTER TABLE meeting_guest DROP COLUMN for_member;
ALTER TABLE meeting_guest DROP COLUMN heard;
DROP TABLE meeting_group; DROP TABLE meeting_edition;

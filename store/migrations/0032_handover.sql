-- +goose Up

-- What somebody handed over to somebody, or is asked to.
CREATE TABLE handover (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    from_id   INTEGER NOT NULL REFERENCES member (id),
    to_id     INTEGER NOT NULL DEFAULT 0,             -- 0: it is not said to whom
    by_id     INTEGER NOT NULL DEFAULT 0,             -- who decides it, or decided; 0: nobody yet
    state     TEXT    NOT NULL,                       -- asked, shown, done, undone, left, settled
    things    TEXT    NOT NULL DEFAULT '',            -- references: as they were shown, and then those that were moved
    snapshot  TEXT    NOT NULL DEFAULT '',            -- JSON: how they were; blanked when it cannot be undone any more
    at        INTEGER NOT NULL                        -- of the last of this
) STRICT;
CREATE INDEX handover_from ON handover (from_id);

-- 1: has handed everything over, and is not written to unasked.
ALTER TABLE member ADD COLUMN rests INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE member DROP COLUMN rests;
DROP TABLE handover;

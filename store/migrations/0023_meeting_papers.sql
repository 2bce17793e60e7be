-- +goose Up

-- When what the invited know of a meeting was last changed. NULL: never.
ALTER TABLE meeting ADD COLUMN told_at INTEGER;

-- What only the letter of an invitation has.
CREATE TABLE meeting_letter (
    number        INTEGER PRIMARY KEY REFERENCES meeting (number),
    letter_number TEXT    NOT NULL DEFAULT '',                 -- empty: it follows
    dated_at      INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE meeting_letter;
ALTER TABLE meeting DROP COLUMN told_at;

-- +goose Up

-- When what the invited know of a meeting was last changed. NULL: never.
ALTER TABLE meeting ADD COLUMN told_at INTEGER;

-- What only the letter of an invitation has.
CREATE TABLE meeting_letter (
    number        INTEGER PRIMARY KEY REFERENCES meeting (number),
    letter_number TEXT    NOT NULL DEFAULT '',                 -- empty: it follows
    dated_at      INTEGER NOT NULL
) STRICT;

-- In people's calendars the meetings of this city are never those of another one,
-- whatever the city is called.
INSERT INTO setting (key, value) VALUES ('calendar', lower(hex(randomblob(8)))) ON CONFLICT (key) DO NOTHING;

-- +goose Down
DELETE FROM setting WHERE key = 'calendar';
DROP TABLE meeting_letter;
ALTER TABLE meeting DROP COLUMN told_at;

-- +goose Up

-- How many times the minutes were proposed, and by whom and when last.
ALTER TABLE meeting ADD COLUMN minutes_proposal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting ADD COLUMN minutes_proposed_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meeting ADD COLUMN minutes_proposed_at INTEGER;

-- Editions of minutes that were agreed, with what their documents say, by language.
CREATE TABLE meeting_minutes_edition (
    number    INTEGER NOT NULL REFERENCES meeting (number),
    edition   INTEGER NOT NULL,
    agreed_by INTEGER NOT NULL,
    on_behalf INTEGER NOT NULL DEFAULT 0,
    agreed_at INTEGER NOT NULL,
    papers    TEXT    NOT NULL,                               -- JSON
    PRIMARY KEY (number, edition)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE meeting_minutes_edition;
ALTER TABLE meeting DROP COLUMN minutes_proposed_at; ALTER TABLE meeting DROP COLUMN minutes_proposed_by; ALTER TABLE meeting DROP COLUMN minutes_proposal;

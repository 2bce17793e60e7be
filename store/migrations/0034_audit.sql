-- +goose Up

-- Who did what is looked up by person, by what happened and by kind of thing;
-- whom a change of roles or positions was about stands in its detail.
CREATE INDEX event_member ON event (member_id, id);
CREATE INDEX event_kind ON event (kind, id);
CREATE INDEX event_letter ON event (substr(subject, 1, 1), id);
CREATE INDEX event_about ON event (CAST(json_extract(detail, '$.member') AS INTEGER), id) WHERE kind IN ('role_changed', 'position_changed') AND detail <> '';

-- An announcement that is an official notice, as of a breach of personal data.
CREATE TABLE official_notice (
    official            INTEGER PRIMARY KEY AUTOINCREMENT,
    announcement_number INTEGER NOT NULL UNIQUE REFERENCES announcement (number),
    found_at            INTEGER NOT NULL DEFAULT 0,       -- when what it is about was found: three days count from then; 0: no clock
    follows             INTEGER NOT NULL DEFAULT 0,       -- the official notice that it continues
    closed_at           INTEGER NOT NULL DEFAULT 0        -- 0: a coordinator still has to see to it
) STRICT;

-- +goose Down
DROP TABLE official_notice;
DROP INDEX event_about; DROP INDEX event_letter; DROP INDEX event_kind; DROP INDEX event_member;

-- +goose Up

-- Who a mention turned out to be is asked of every part of what is kept of a person.
CREATE INDEX member_same ON member (same_as) WHERE same_as IS NOT NULL;
-- So are the events that are about somebody.
CREATE INDEX event_names ON event (CAST(json_extract(detail, '$.member') AS INTEGER)) WHERE instr(detail, '"member":') > 0;

-- +goose Down
DROP INDEX event_names;
DROP INDEX member_same;

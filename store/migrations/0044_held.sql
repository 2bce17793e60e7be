-- +goose Up

-- What is counted of meetings that were held stands in their index alone.
DROP INDEX event_held;
CREATE INDEX event_held ON event (at, member_id, subject, kind, detail) WHERE kind IN ('held', 'undone') AND substr(subject, 1, 1) = 'M';

-- +goose Down
DROP INDEX event_held;
CREATE INDEX event_held ON event (at) WHERE kind IN ('held', 'undone') AND substr(subject, 1, 1) = 'M';

-- +goose Up

-- Involvement is counted a month at a time.
CREATE INDEX event_at ON event (at);

-- Links whose group was found to be one that was linked anew: events, which
-- never change, name the former.
CREATE TABLE joined_group (
    before_id INTEGER PRIMARY KEY,
    now_id    INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE joined_group; DROP INDEX event_at;

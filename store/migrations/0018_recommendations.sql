-- +goose Up

-- What assessors left behind.
CREATE TABLE recommendation (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    evaluation INTEGER NOT NULL DEFAULT 0,
    text       TEXT    NOT NULL,
    owner_id   INTEGER NOT NULL DEFAULT 0,             -- the member in charge
    office     TEXT    NOT NULL DEFAULT '',
    due_at     INTEGER,
    due_zone   TEXT    NOT NULL DEFAULT '',
    measure    TEXT    NOT NULL DEFAULT '',
    state      TEXT    NOT NULL,
    reason     TEXT    NOT NULL DEFAULT '',
    created_by INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    version    INTEGER NOT NULL
) STRICT;

-- What points to a recommendation.
CREATE TABLE recommendation_link (
    number  INTEGER NOT NULL REFERENCES recommendation (number),
    subject TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (number, subject)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE recommendation_link; DROP TABLE recommendation;

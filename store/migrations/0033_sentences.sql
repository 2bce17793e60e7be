-- +goose Up

-- Sentences that the city says in words of its own; who changed them stands in the events.
CREATE TABLE sentence (
    key      TEXT NOT NULL,
    language TEXT NOT NULL,
    one      TEXT NOT NULL DEFAULT '',
    other    TEXT NOT NULL,
    PRIMARY KEY (key, language)
) STRICT, WITHOUT ROWID;

-- Texts that are kept ready for answers that are given often.
CREATE TABLE ready_answer (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT    NOT NULL,
    words      TEXT    NOT NULL
) STRICT;

-- +goose Down
DROP TABLE ready_answer;
DROP TABLE sentence;

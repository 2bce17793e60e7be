-- +goose Up

-- What the search passes over unread. A block is 1,024 texts by their numbers, and has all
-- of its 128 rows or none: row block * 128 + n holds for the signs 8n to 8n + 7, which are
-- sums over two or three letters, in which of the texts they stand, a bit for each.
CREATE TABLE task_sieve (
    place INTEGER PRIMARY KEY,
    texts BLOB    NOT NULL
) STRICT;
CREATE TABLE idea_sieve (
    place INTEGER PRIMARY KEY,
    texts BLOB    NOT NULL
) STRICT;

-- With a text goes what was made of it; its block is read until it is sieved again.
CREATE TRIGGER task_sieve_changed AFTER UPDATE OF folded ON task WHEN OLD.folded <> NEW.folded
BEGIN
    DELETE FROM task_sieve WHERE place BETWEEN OLD.number / 1024 * 128 AND OLD.number / 1024 * 128 + 127;
END;
CREATE TRIGGER idea_sieve_changed AFTER UPDATE OF folded ON idea WHEN OLD.folded <> NEW.folded
BEGIN
    DELETE FROM idea_sieve WHERE place BETWEEN OLD.number / 1024 * 128 AND OLD.number / 1024 * 128 + 127;
END;
CREATE TRIGGER task_sieve_gone AFTER DELETE ON task
BEGIN
    DELETE FROM task_sieve WHERE place BETWEEN OLD.number / 1024 * 128 AND OLD.number / 1024 * 128 + 127;
END;
CREATE TRIGGER idea_sieve_gone AFTER DELETE ON idea
BEGIN
    DELETE FROM idea_sieve WHERE place BETWEEN OLD.number / 1024 * 128 AND OLD.number / 1024 * 128 + 127;
END;

-- +goose Down
DROP TRIGGER idea_sieve_gone; DROP TRIGGER task_sieve_gone; DROP TRIGGER idea_sieve_changed; DROP TRIGGER task_sieve_changed;
DROP TABLE idea_sieve; DROP TABLE task_sieve;

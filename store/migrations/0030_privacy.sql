-- +goose Up

-- What people ask about the data that are kept of them.
CREATE TABLE privacy_request (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id INTEGER NOT NULL REFERENCES member (id),
    kind      TEXT    NOT NULL,
    words     TEXT    NOT NULL,                        -- of whoever asks; empty once erased
    asked_at  INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,
    ended_at  INTEGER,
    ended_by  INTEGER NOT NULL DEFAULT 0,
    how       TEXT    NOT NULL DEFAULT '',
    answer    TEXT    NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX privacy_request_member ON privacy_request (member_id);
CREATE INDEX privacy_request_open ON privacy_request (due_at) WHERE ended_at IS NULL;

-- The texts about personal data, word for word as people were shown them.
CREATE TABLE privacy_version (
    version      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at      INTEGER NOT NULL,
    applies_at   INTEGER NOT NULL,                     -- from then on it is the one that is agreed to
    announced_at INTEGER                               -- to those who agreed to the one before
) STRICT;
CREATE TABLE privacy_text (
    version  INTEGER NOT NULL REFERENCES privacy_version (version),
    language TEXT    NOT NULL,
    short    TEXT    NOT NULL,
    full     TEXT    NOT NULL,
    PRIMARY KEY (version, language)
) STRICT, WITHOUT ROWID;

-- Who agreed to what, in which text, when, and by which message: what can be shown as
-- proof. What was agreed to before this table is for ideas, and by a message that is
-- not known any more.
CREATE TABLE consent_given (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id    INTEGER NOT NULL REFERENCES member (id),
    purpose      TEXT    NOT NULL,                     -- 'ideas': that they are kept under the person; 'name': that the name is shown with them
    version      INTEGER NOT NULL,
    language     TEXT    NOT NULL DEFAULT '',
    given_at     INTEGER NOT NULL,
    message_id   INTEGER NOT NULL DEFAULT 0,           -- in the private chat; 0: not known any more
    subject      TEXT    NOT NULL DEFAULT '',          -- the idea with which the name is shown
    withdrawn_at INTEGER
) STRICT;
INSERT INTO consent_given (member_id, purpose, version, given_at, withdrawn_at)
    SELECT member_id, 'ideas', version, given_at, withdrawn_at FROM consent ORDER BY given_at, member_id;
DROP TABLE consent;
ALTER TABLE consent_given RENAME TO consent;
CREATE INDEX consent_member ON consent (member_id);

-- +goose Down
CREATE TABLE consent_before (
    member_id    INTEGER NOT NULL REFERENCES member (id),
    version      INTEGER NOT NULL,
    given_at     INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (member_id, given_at)
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO consent_before (member_id, version, given_at, withdrawn_at)
    SELECT member_id, version, given_at, withdrawn_at FROM consent WHERE purpose = 'ideas' ORDER BY id;
DROP TABLE consent;
ALTER TABLE consent_before RENAME TO consent;
DROP TABLE privacy_text; DROP TABLE privacy_version; DROP TABLE privacy_request;

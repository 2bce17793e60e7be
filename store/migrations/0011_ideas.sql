-- +goose Up

-- Ideas, with their words as they were written.
CREATE TABLE idea (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    submitter_id INTEGER NOT NULL REFERENCES member (id),
    named        INTEGER NOT NULL,
    from_group   INTEGER NOT NULL DEFAULT 0,           -- 0: given in private
    chat_id      INTEGER NOT NULL,
    thread_id    INTEGER NOT NULL DEFAULT 0,
    message_id   INTEGER NOT NULL DEFAULT 0,
    title        TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    problem      TEXT    NOT NULL DEFAULT '',
    benefit      TEXT    NOT NULL DEFAULT '',
    folded       TEXT    NOT NULL,                     -- all of it in lower case, for the search
    dimension    TEXT    NOT NULL DEFAULT '',
    needs_budget INTEGER NOT NULL DEFAULT 0,
    complaint    INTEGER NOT NULL DEFAULT 0,
    held         TEXT    NOT NULL DEFAULT '',
    state        TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    state_since  INTEGER NOT NULL,
    review_by    INTEGER NOT NULL,
    decide_by    INTEGER NOT NULL,
    stood_from   INTEGER,
    resumes      TEXT    NOT NULL DEFAULT '',
    review_opened INTEGER,
    review_until  INTEGER,
    quorum       INTEGER NOT NULL DEFAULT 0,
    decision     TEXT    NOT NULL DEFAULT '',
    reason       TEXT    NOT NULL DEFAULT '',
    decided_by   INTEGER NOT NULL DEFAULT 0,
    on_behalf    INTEGER NOT NULL DEFAULT 0,
    decided_at   INTEGER,
    merged_into  INTEGER NOT NULL DEFAULT 0,
    merged_at    INTEGER,
    merged_from  TEXT    NOT NULL DEFAULT '',
    trial_at     INTEGER,
    version      INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_submitter ON idea (submitter_id);
CREATE INDEX idea_state ON idea (state);
CREATE INDEX idea_created ON idea (created_at);
CREATE INDEX idea_merged ON idea (merged_into) WHERE merged_into <> 0;
CREATE INDEX idea_message ON idea (chat_id, message_id) WHERE message_id <> 0;

-- What ideas are about: those that share much of it may be the same. The weight is
-- the term's share of the whole idea, in thousandths.
CREATE TABLE idea_term (
    term        TEXT    NOT NULL,
    share       INTEGER NOT NULL,
    idea_number INTEGER NOT NULL REFERENCES idea (number),
    PRIMARY KEY (term, share DESC, idea_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_term_idea ON idea_term (idea_number);

-- One row for each person: supporting is following, too.
CREATE TABLE idea_support (
    idea_number INTEGER NOT NULL REFERENCES idea (number),
    member_id   INTEGER NOT NULL REFERENCES member (id),
    supports    INTEGER NOT NULL,                      -- 0: only follows
    at          INTEGER NOT NULL,
    PRIMARY KEY (idea_number, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_support_member ON idea_support (member_id);

-- Who agreed to which text about personal data, and when.
CREATE TABLE consent (
    member_id    INTEGER NOT NULL REFERENCES member (id),
    version      INTEGER NOT NULL,
    given_at     INTEGER NOT NULL,
    withdrawn_at INTEGER,
    PRIMARY KEY (member_id, given_at)
) STRICT, WITHOUT ROWID;

-- Ideas on their way: not yet agreed to be kept, or with something still asked.
CREATE TABLE idea_draft (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id   INTEGER NOT NULL REFERENCES member (id),
    from_group  INTEGER NOT NULL DEFAULT 0,            -- 0: written in private
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER NOT NULL DEFAULT 0,
    message_id  INTEGER NOT NULL DEFAULT 0,
    album       TEXT    NOT NULL DEFAULT '',
    text        TEXT    NOT NULL,
    files       TEXT    NOT NULL,                      -- JSON
    step        TEXT    NOT NULL,
    idea_number INTEGER NOT NULL DEFAULT 0,            -- 0: it is no idea yet
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_draft_member ON idea_draft (member_id);
CREATE INDEX idea_draft_message ON idea_draft (chat_id, message_id);
CREATE INDEX idea_draft_created ON idea_draft (created_at);
CREATE INDEX idea_held ON idea (number) WHERE held <> '';

-- What was found to be alike, and what was said to that.
CREATE TABLE idea_likeness (
    idea_number  INTEGER NOT NULL REFERENCES idea (number),
    other_number INTEGER NOT NULL REFERENCES idea (number),
    state        TEXT    NOT NULL,
    member_id    INTEGER NOT NULL DEFAULT 0,           -- who said so; 0: the bot
    at           INTEGER NOT NULL,
    PRIMARY KEY (idea_number, other_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX idea_likeness_other ON idea_likeness (other_number);

-- +goose Down
DROP TABLE idea_likeness; DROP TABLE idea_draft; DROP TABLE consent; DROP TABLE idea_support; DROP TABLE idea_term; DROP TABLE idea;

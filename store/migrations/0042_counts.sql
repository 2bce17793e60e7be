-- +goose Up

-- What is counted with every look at how things stand is found in an index alone.
DROP INDEX task_group;
CREATE INDEX task_group ON task (group_id, ended_at, state, deadline_at) WHERE group_id <> 0;
DROP INDEX task_ended;
CREATE INDEX task_ended ON task (ended_at, state, deadline_at, evaluation_id);
DROP INDEX idea_state;
CREATE INDEX idea_state ON idea (state, state_since, held);
CREATE INDEX member_out_of_reach ON member (name, id) WHERE reach <> 'open';

-- How many ideas there are that no coordinator has to look at first.
CREATE TABLE idea_tally (
    state      TEXT    NOT NULL,
    dimension  TEXT    NOT NULL,
    from_group INTEGER NOT NULL,
    count      INTEGER NOT NULL,
    PRIMARY KEY (state, dimension, from_group)
) STRICT, WITHOUT ROWID;
INSERT INTO idea_tally SELECT state, dimension, from_group, count(*) FROM idea WHERE held = '' GROUP BY 1, 2, 3;
CREATE TRIGGER idea_tally_new AFTER INSERT ON idea WHEN NEW.held = ''
BEGIN
    INSERT INTO idea_tally VALUES (NEW.state, NEW.dimension, NEW.from_group, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER idea_tally_changed AFTER UPDATE OF state, dimension, from_group, held ON idea
    WHEN (OLD.state, OLD.dimension, OLD.from_group, OLD.held) <> (NEW.state, NEW.dimension, NEW.from_group, NEW.held)
BEGIN
    UPDATE idea_tally SET count = count - 1 WHERE OLD.held = '' AND state = OLD.state AND dimension = OLD.dimension AND from_group = OLD.from_group;
    INSERT INTO idea_tally SELECT NEW.state, NEW.dimension, NEW.from_group, 1 WHERE NEW.held = '' ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER idea_tally_gone AFTER DELETE ON idea WHEN OLD.held = ''
BEGIN
    UPDATE idea_tally SET count = count - 1 WHERE state = OLD.state AND dimension = OLD.dimension AND from_group = OLD.from_group;
END;

-- When a question stopped waiting: the first answer of its present round. Null: it has none.
ALTER TABLE question ADD COLUMN answered_at INTEGER;
UPDATE question SET answered_at = coalesce(
    (SELECT at FROM answer WHERE question_number = number AND at >= coalesce(reopened_at, asked_at) ORDER BY id LIMIT 1),
    (SELECT at FROM answer WHERE question_number = number ORDER BY id DESC LIMIT 1));
DROP INDEX question_asked;
CREATE INDEX question_asked ON question (asked_at, state, outcome, answered_at, target_at, stood, from_group, to_group);

-- When something was last done for groups, named as the detail "in" of events names them.
CREATE TABLE activity (
    groups  TEXT PRIMARY KEY,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO activity SELECT detail ->> 'in', max(at) FROM event
    WHERE member_id <> 0 AND detail <> '' AND coalesce(detail ->> 'in', '') <> '' AND substr(subject, 1, 1) NOT IN ('', 'N', 'B', 'Y', 'D', 'L', 'J', 'K', 'O', 'C', 'W', 'H', 'G')
    GROUP BY 1;

-- Meetings that were held, or were not after all.
CREATE INDEX event_held ON event (at) WHERE kind IN ('held', 'undone') AND substr(subject, 1, 1) = 'M';

-- +goose Down
DROP INDEX event_held; DROP TABLE activity;
DROP INDEX question_asked;
CREATE INDEX question_asked ON question (asked_at);
ALTER TABLE question DROP COLUMN answered_at;
DROP TRIGGER idea_tally_gone; DROP TRIGGER idea_tally_changed; DROP TRIGGER idea_tally_new; DROP TABLE idea_tally;
DROP INDEX member_out_of_reach;
DROP INDEX idea_state;
CREATE INDEX idea_state ON idea (state);
DROP INDEX task_ended;
CREATE INDEX task_ended ON task (ended_at) WHERE ended_at IS NOT NULL;
DROP INDEX task_group;
CREATE INDEX task_group ON task (group_id) WHERE group_id <> 0;

-- +goose Up

-- Which tasks come of which idea.
CREATE TABLE idea_task (
    task_number INTEGER PRIMARY KEY REFERENCES task (number),
    idea_number INTEGER NOT NULL REFERENCES idea (number)
) STRICT;
CREATE INDEX idea_task_idea ON idea_task (idea_number);

-- +goose Down
DROP TABLE idea_task;

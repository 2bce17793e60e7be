package store

import (
	"errors"

	"github.com/rembuk/rembuk/council"
)

// LinkIdeaTask records that a task comes of an idea; a task comes of one at most,
// and of the one that was named last.
func (tx *Tx) LinkIdeaTask(idea, task int64) error {
	return tx.run(`INSERT INTO idea_task (task_number, idea_number) VALUES (?, ?)
		ON CONFLICT (task_number) DO UPDATE SET idea_number = excluded.idea_number`, task, idea)
}

// IdeaOfTask is the number of the idea of which a task comes; 0 for none.
func (tx *Tx) IdeaOfTask(task int64) (int64, error) {
	number, err := one(tx, scalar[int64], `SELECT idea_number FROM idea_task WHERE task_number = ?`, task)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	}
	return number, err
}

// TasksOfIdea lists the tasks that come of an idea, by their number.
func (tx *Tx) TasksOfIdea(idea int64) ([]council.Task, error) {
	numbers, err := all(tx, scalar[int64], `SELECT task_number FROM idea_task WHERE idea_number = ? ORDER BY task_number`, idea)
	if err != nil {
		return nil, err
	}
	return tx.tasksByNumber(numbers)
}

func (tx *Tx) tasksByNumber(numbers []int64) ([]council.Task, error) {
	tasks := make([]council.Task, 0, len(numbers))
	for _, number := range numbers {
		task, err := tx.Task(number)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, task)
	}
	return tasks, nil
}

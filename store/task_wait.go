package store

import (
	"slices"

	"github.com/rembuk/rembuk/council"
)

// tie is a row of what ties a task to groups and to other tasks.
type tie struct {
	kind   string
	number int64
	over   bool
}

// withTies adds the partners of a task, what it waits for and what waits for it.
func (tx *Tx) withTies(task council.Task) (council.Task, error) {
	ties, err := all(tx, func(row scanner) (tie, error) {
		var t tie
		err := row.Scan(&t.kind, &t.number, &t.over)
		return t, err
	}, `SELECT 'partner', group_id AS number, 0 FROM task_partner WHERE task_number = ?1
		UNION ALL SELECT 'waits', awaited_number, awaited.state IN ('done', 'cancelled')
			FROM task_wait JOIN task AS awaited ON awaited.number = awaited_number WHERE task_number = ?1
		UNION ALL SELECT 'awaited', task_number, 0
			FROM task_wait JOIN task AS waiting ON waiting.number = task_number WHERE awaited_number = ?1 AND waiting.state NOT IN ('done', 'cancelled')
		ORDER BY number`, task.Number)
	for _, t := range ties {
		switch t.kind {
		case "partner":
			task.Partners = append(task.Partners, t.number)
		case "waits":
			task.Waits = append(task.Waits, council.Awaited{Number: t.number, Over: t.over})
		case "awaited":
			task.AwaitedBy = append(task.AwaitedBy, t.number)
		}
	}
	return task, err
}

// SavePartners keeps to which groups a task belongs beside its own.
func (tx *Tx) SavePartners(task council.Task) error {
	if err := tx.run(`DELETE FROM task_partner WHERE task_number = ?`, task.Number); err != nil {
		return err
	}
	for _, groupID := range task.Partners {
		if err := tx.run(`INSERT INTO task_partner (task_number, group_id) VALUES (?, ?)`, task.Number, groupID); err != nil {
			return err
		}
	}
	return tx.tieTasks(task.Number)
}

// SaveWaits keeps what a task waits for.
func (tx *Tx) SaveWaits(task council.Task) error {
	touched, err := all(tx, scalar[int64], `SELECT awaited_number FROM task_wait WHERE task_number = ?`, task.Number)
	if err != nil {
		return err
	}
	if err := tx.run(`DELETE FROM task_wait WHERE task_number = ?`, task.Number); err != nil {
		return err
	}
	for _, wait := range task.Waits {
		if err := tx.run(`INSERT INTO task_wait (task_number, awaited_number) VALUES (?, ?)`, task.Number, wait.Number); err != nil {
			return err
		}
		touched = append(touched, wait.Number)
	}
	return tx.tieTasks(append(touched, task.Number)...)
}

// tieTasks notes of tasks whether they are tied to anything.
func (tx *Tx) tieTasks(numbers ...int64) error {
	slices.Sort(numbers)
	for _, number := range slices.Compact(numbers) {
		if err := tx.run(`UPDATE task SET tied = EXISTS (SELECT 1 FROM task_partner WHERE task_number = task.number)
			OR EXISTS (SELECT 1 FROM task_wait WHERE task_number = task.number)
			OR EXISTS (SELECT 1 FROM task_wait WHERE awaited_number = task.number) WHERE number = ?`, number); err != nil {
			return err
		}
	}
	return nil
}

// Waits tells who waits for whom over all tasks.
func (tx *Tx) Waits() (council.Waits, error) {
	type edge struct{ waiting, awaited int64 }
	edges, err := all(tx, func(row scanner) (edge, error) {
		var e edge
		err := row.Scan(&e.waiting, &e.awaited)
		return e, err
	}, `SELECT task_number, awaited_number FROM task_wait ORDER BY task_number, awaited_number`)
	waits := make(council.Waits)
	for _, e := range edges {
		waits[e.waiting] = append(waits[e.waiting], e.awaited)
	}
	return waits, err
}

// joinPartners makes the tasks that one group shares another's. A task that is
// the other group's own by then is not shared with it.
func (tx *Tx) joinPartners(before, now int64) error {
	if err := tx.move("task_partner", "group_id", before, now); err != nil {
		return err
	}
	return tx.run(`DELETE FROM task_partner WHERE group_id = ? AND task_number IN (SELECT number FROM task WHERE task.group_id = task_partner.group_id)`, now)
}

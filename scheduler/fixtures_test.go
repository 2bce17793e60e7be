package scheduler

import (
	"errors"
	"sync/atomic"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// nextID gives every person of a test another Telegram id.
var lastID atomic.Int64

func nextID() int64 { return 1000 + lastID.Add(1) }

// member adds somebody who can be written to; ids count from 1.
func (c *city) member(name string, roles ...council.Role) int64 {
	c.t.Helper()
	var id int64
	c.change(func(tx *store.Tx) error {
		member, err := tx.Seen(nextID(), name, name, "id", c.clock.Now())
		if err != nil {
			return err
		}
		id = member.ID
		for _, role := range roles {
			if err := tx.GrantRole(id, role, "granted"); err != nil {
				return err
			}
		}
		return tx.SetReach(id, council.ReachOpen)
	})
	return id
}

// task makes a task with its reminders. It is acknowledged as in the rows of
// earlier versions, which do not know when, so that nobody asks how it goes.
func (c *city) task(deadline string, assignees ...int64) council.Task {
	c.t.Helper()
	promised := council.AssignTo(assignees...)
	for i := range promised {
		promised[i].Acknowledged = true
	}
	return c.create(council.Task{Assignees: promised, Deadline: council.Deadline{At: at(c.t, deadline), Zone: "Asia/Makassar"}})
}

// create keeps a new task with its reminders, as the bot does.
func (c *city) create(task council.Task) council.Task {
	c.t.Helper()
	now := c.clock.Now()
	task.Title, task.CreatedBy, task.CreatedAt, task.State = "Rekap", 1, now, council.TaskNew
	c.change(func(tx *store.Tx) (err error) {
		if task, err = tx.CreateTask(task, 0, 0); err != nil {
			return err
		}
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		return tx.PlanReminders(task.Reference(), council.PlanTask(task, now, timing), nil)
	})
	return task
}

// hidden adds somebody who never opened the private chat.
func (c *city) hidden(name string) int64 {
	c.t.Helper()
	id := c.member(name)
	c.change(func(tx *store.Tx) error { return tx.SetReach(id, council.ReachUnknown) })
	return id
}

// evaluation makes an evaluation with its reminders, as the bot does.
func (c *city) evaluation(presentation string) council.Evaluation {
	c.t.Helper()
	return c.evaluationBy(council.Rhythm{}, presentation)
}

// evaluationBy makes an evaluation with a rhythm of its own.
func (c *city) evaluationBy(rhythm council.Rhythm, presentation string) council.Evaluation {
	c.t.Helper()
	evaluation := council.Evaluation{Name: "Evaluasi Tahap I", State: council.EvaluationOpen, Rhythm: rhythm, CreatedBy: 1, CreatedAt: c.clock.Now(),
		Milestones: []council.Milestone{{Kind: council.MilestonePresentation, Deadline: council.Deadline{At: at(c.t, presentation), Zone: "Asia/Makassar"}}}}
	c.change(func(tx *store.Tx) (err error) {
		if evaluation, err = tx.CreateEvaluation(evaluation); err != nil {
			return err
		}
		groups, err := tx.Groups()
		if err != nil {
			return err
		}
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		return tx.PlanReminders(evaluation.Reference(), council.PlanEvaluation(evaluation, groups, c.clock.Now(), timing), nil)
	})
	return evaluation
}

func (c *city) group(chat int64, kind council.GroupKind) council.Group {
	c.t.Helper()
	var group council.Group
	c.change(func(tx *store.Tx) (err error) {
		group, err = tx.LinkGroup(council.Group{ChatID: chat, Title: "g", Kind: kind, Language: "id"})
		return err
	})
	return group
}

// act changes a task by one of its own moves and plans anew what hangs on it, as
// the bot does. It tells whether the task allowed it.
func (c *city) act(number, memberID int64, move func(council.Task) (council.Task, error)) (changed bool) {
	c.t.Helper()
	now := c.clock.Now()
	c.change(func(tx *store.Tx) error {
		before, err := tx.Task(number)
		if err != nil {
			return err
		}
		after, refused := move(before)
		if refused != nil {
			return nil
		}
		changed, after = true, after.Stamp(before, memberID, now)
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		stay := func(reminder council.Reminder) bool { return timing.Stays(reminder, after, now) }
		return errors.Join(tx.SaveTask(after, now), tx.PlanReminders(after.Reference(), council.PlanTask(after, now, timing), stay))
	})
	return changed
}

// end ends a task as done.
func end(tx *store.Tx, number int64, now time.Time) error {
	task, err := tx.Task(number)
	if err != nil {
		return err
	}
	if task, err = task.Submit(council.Everyone); err != nil {
		return err
	}
	if task, err = task.Accept(); err != nil {
		return err
	}
	return tx.SaveTask(task, now)
}

package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

const reminderColumns = `id, subject, milestone_id, step, audience, member_id, group_id, due_at`

func scanReminder(row scanner) (council.Reminder, error) {
	var r council.Reminder
	var subject string
	var due int64
	err := row.Scan(&r.ID, &subject, &r.MilestoneID, &r.Step, &r.Audience, &r.MemberID, &r.GroupID, &due)
	r.Subject, _ = council.ParseReference(subject)
	r.Due = moment(due)
	return r, err
}

// Planned is a reminder together with the deadline it hangs on: it is said once for each.
type Planned struct {
	council.Reminder
	Deadline time.Time
}

// ForTask gives the reminders of a task the deadline they hang on.
func ForTask(task council.Task, reminders []council.Reminder) []Planned {
	planned := make([]Planned, len(reminders))
	for i, reminder := range reminders {
		planned[i] = Planned{reminder, task.Deadline.At}
	}
	return planned
}

// ForEvaluation gives the reminders of an evaluation the deadlines of their milestones.
func ForEvaluation(evaluation council.Evaluation, reminders []council.Reminder) []Planned {
	deadlines := make(map[int64]time.Time, len(evaluation.Milestones))
	for _, milestone := range evaluation.Milestones {
		deadlines[milestone.ID] = milestone.Deadline.At
	}
	planned := make([]Planned, len(reminders))
	for i, reminder := range reminders {
		planned[i] = Planned{reminder, deadlines[reminder.MilestoneID]}
	}
	return planned
}

// PlanReminders makes the waiting reminders of a thing the ones given. What was
// said or dropped for the same deadline is not planned again.
func (tx *Tx) PlanReminders(subject council.Reference, planned []Planned) error {
	if err := tx.run(`DELETE FROM reminder WHERE subject = ? AND state = 'waiting'`, subject.String()); err != nil {
		return err
	}
	return tx.AddReminders(planned)
}

// PlanAnew is PlanReminders for a thing that has not changed itself: the waiting
// reminders that stay lets through are left as they are.
func (tx *Tx) PlanAnew(subject council.Reference, planned []Planned, stay func(council.Reminder) bool) error {
	waiting, err := tx.WaitingReminders(subject)
	if err != nil {
		return err
	}
	for _, reminder := range waiting {
		if stay(reminder) {
			continue
		}
		if err := tx.run(`DELETE FROM reminder WHERE id = ?`, reminder.ID); err != nil {
			return err
		}
	}
	return tx.AddReminders(planned)
}

// AddReminders adds reminders to those that wait already.
func (tx *Tx) AddReminders(planned []Planned) error {
	tx.rescheduled = tx.rescheduled || len(planned) > 0
	for _, p := range planned {
		if err := tx.run(`INSERT INTO reminder (subject, milestone_id, step, audience, member_id, group_id, deadline_at, due_at)
			VALUES (?, ?, ?, ?, `+sameMember+`, ?, ?, ?) ON CONFLICT DO NOTHING`,
			p.Subject.String(), p.MilestoneID, p.Step, p.Audience, p.MemberID, p.MemberID, p.GroupID, milliseconds(p.Deadline), milliseconds(p.Due)); err != nil {
			return err
		}
	}
	return nil
}

// DueReminders lists the reminders that are due at a moment, oldest first.
func (tx *Tx) DueReminders(now time.Time) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id`, milliseconds(now))
}

// NextReminder is when the next reminder is due; ErrNotFound if none waits.
func (tx *Tx) NextReminder() (time.Time, error) {
	ms, err := one(tx, scalar[int64], `SELECT due_at FROM reminder WHERE state = 'waiting' ORDER BY due_at LIMIT 1`)
	return moment(ms), err
}

// WaitingReminders lists what is planned for a thing, in the order of time.
func (tx *Tx) WaitingReminders(subject council.Reference) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE subject = ? AND state = 'waiting' ORDER BY due_at, id`, subject.String())
}

// EndReminder marks a waiting reminder as said or dropped, with the named
// reason. What ended before stays as it ended.
func (tx *Tx) EndReminder(id int64, said bool, reason string, now time.Time) error {
	state := "dropped"
	if said {
		state = "said"
	}
	return tx.run(`UPDATE reminder SET state = ?, reason = ?, ended_at = ? WHERE id = ? AND state = 'waiting'`, state, reason, milliseconds(now), id)
}

// MoveReminder makes a reminder wait until another moment.
func (tx *Tx) MoveReminder(id int64, until time.Time, reason string) error {
	return tx.run(`UPDATE reminder SET due_at = ?, reason = ? WHERE id = ? AND state = 'waiting'`, milliseconds(until), reason, id)
}

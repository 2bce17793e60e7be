package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// Holiday is a day off by decree, in the city's calendar.
type Holiday struct {
	Date       string // 2026-05-27
	Name       string
	JointLeave bool
}

// Holidays lists the days off, oldest first.
func (tx *Tx) Holidays() ([]Holiday, error) {
	return all(tx, func(row scanner) (Holiday, error) {
		var h Holiday
		err := row.Scan(&h.Date, &h.Name, &h.JointLeave)
		return h, err
	}, `SELECT date, name, joint_leave FROM holiday ORDER BY date`)
}

// SetHoliday keeps a day off; a day that was there gets the new name.
func (tx *Tx) SetHoliday(h Holiday) error {
	if err := tx.forgetPlan(); err != nil {
		return err
	}
	return tx.run(`INSERT OR REPLACE INTO holiday (date, name, joint_leave) VALUES (?, ?, ?)`, h.Date, h.Name, h.JointLeave)
}

// DropHoliday makes a day an ordinary one again.
func (tx *Tx) DropHoliday(date string) error {
	if err := tx.forgetPlan(); err != nil {
		return err
	}
	return tx.run(`DELETE FROM holiday WHERE date = ?`, date)
}

// PlannedAlike are waiting reminders that are said at the same moment by any
// calendar: they share step, anchor and, for evaluations, the subject.
type PlannedAlike struct {
	council.Reminder     // one of them
	Count            int // of how many things
}

// PlannedBetween lists the waiting reminders that are due after one moment and not
// after another, each moment once, in the order of their anchors. It looks at no
// more than so many rows, the nearest first, and tells whether there are more.
func (tx *Tx) PlannedBetween(after, until time.Time, most int) (planned []PlannedAlike, more bool, err error) {
	looked := 0
	planned, err = all(tx, func(row scanner) (PlannedAlike, error) {
		var alike PlannedAlike
		var subject string
		var anchor int64
		var rows int
		err := row.Scan(&subject, &alike.Step, &anchor, &alike.Count, &rows)
		alike.Subject, _ = council.ParseReference(subject)
		alike.Anchor = moment(anchor)
		looked += rows
		return alike, err
	}, `SELECT min(subject), step, deadline_at, count(DISTINCT subject), count(*)
		FROM (SELECT subject, step, deadline_at FROM reminder WHERE state = 'waiting' AND due_at > ? AND due_at <= ? ORDER BY due_at LIMIT ?)
		GROUP BY step, deadline_at, CASE WHEN subject LIKE 'E-%' THEN subject ELSE '' END ORDER BY deadline_at, step`,
		milliseconds(after), milliseconds(until), most+1)
	return planned, looked > most, err
}

package store

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

const reminderColumns = `id, subject, milestone_id, step, audience, member_id, group_id, deadline_at, due_at, reason`

func scanReminder(row scanner) (council.Reminder, error) {
	var r council.Reminder
	var subject string
	var anchor, due int64
	err := row.Scan(&r.ID, &subject, &r.MilestoneID, &r.Step, &r.Audience, &r.MemberID, &r.GroupID, &anchor, &due, &r.Waited)
	r.Subject, _ = council.ParseReference(subject)
	r.Anchor, r.Due = moment(anchor), moment(due)
	return r, err
}

// PlanReminders makes the waiting reminders of a thing the ones given, beside
// those that stay lets through; nil lets none. What was said or dropped for the
// same anchor is not planned again.
func (tx *Tx) PlanReminders(subject council.Reference, planned []council.Reminder, stay func(council.Reminder) bool) error {
	if stay == nil {
		if err := tx.run(`DELETE FROM reminder WHERE subject = ? AND state = 'waiting'`, subject.String()); err != nil {
			return err
		}
		return tx.AddReminders(planned)
	}
	waiting, err := tx.WaitingReminders(subject)
	if err != nil {
		return err
	}
	var gone []any
	for _, reminder := range waiting {
		if !stay(reminder) {
			gone = append(gone, reminder.ID)
		}
	}
	if len(gone) > 0 {
		if err := tx.run(`DELETE FROM reminder WHERE id IN (`+marks(len(gone))+`)`, gone...); err != nil {
			return err
		}
	}
	return tx.AddReminders(planned)
}

// AddReminders adds reminders to those that wait already.
func (tx *Tx) AddReminders(planned []council.Reminder) error {
	tx.rescheduled = tx.rescheduled || len(planned) > 0
	for some := range slices.Chunk(planned, remindersTogether) {
		var values []any
		for _, p := range some {
			values = append(values, p.Subject.String(), p.MilestoneID, p.Step, p.Audience, p.MemberID, p.MemberID, p.GroupID,
				milliseconds(p.Anchor), milliseconds(p.Due), p.Waited)
		}
		if err := tx.run(`INSERT INTO reminder (subject, milestone_id, step, audience, member_id, group_id, deadline_at, due_at, reason)
			VALUES `+strings.TrimSuffix(strings.Repeat(reminderValues, len(some)), ",")+` ON CONFLICT DO NOTHING`, values...); err != nil {
			return err
		}
	}
	return nil
}

// remindersTogether is how many reminders one statement adds.
const (
	remindersTogether = 50
	reminderValues    = `(?, ?, ?, ?, ` + sameMember + `, ?, ?, ?, ?),`
)

// DueReminders lists the reminders that are due at a moment, oldest first, but for
// what the bot does itself. Where hearers are given, those that are for one person or one
// group alone are listed for these only.
func (tx *Tx) DueReminders(now time.Time, hearers ...Hearer) ([]council.Reminder, error) {
	const due = `SELECT ` + reminderColumns + ` FROM reminder WHERE state = 'waiting' AND due_at <= ? AND audience <> 'bot'`
	if len(hearers) == 0 {
		return all(tx, scanReminder, due+` ORDER BY due_at, id`, milliseconds(now))
	}
	members, groups := make([]int64, 0, len(hearers)), make([]int64, 0, len(hearers))
	for _, hearer := range hearers {
		if hearer.GroupID != 0 {
			groups = append(groups, hearer.GroupID)
		} else {
			members = append(members, hearer.MemberID)
		}
	}
	return all(tx, scanReminder, due+` AND member_id = 0 AND audience <> 'group'
		UNION ALL `+due+` AND member_id <> 0 AND audience <> 'group' AND member_id IN (SELECT value FROM json_each(?))
		UNION ALL `+due+` AND audience = 'group' AND group_id IN (SELECT value FROM json_each(?)) ORDER BY due_at, id`,
		milliseconds(now), milliseconds(now), idList(members), milliseconds(now), idList(groups))
}

func idList(ids []int64) string {
	text, _ := json.Marshal(ids) // numbers can be written always
	return string(text)
}

// DueHearers lists whom the oldest reminders are for that are due and for one person
// or one group alone, and tells whether so many were looked at that there may be more.
func (tx *Tx) DueHearers(now time.Time, most int) (hearers []Hearer, more bool, err error) {
	looked, err := all(tx, func(row scanner) (Hearer, error) {
		var hearer Hearer
		err := row.Scan(&hearer.MemberID, &hearer.GroupID)
		return hearer, err
	}, `SELECT CASE WHEN audience = 'group' THEN 0 ELSE member_id END, CASE WHEN audience = 'group' THEN group_id ELSE 0 END
		FROM reminder WHERE state = 'waiting' AND due_at <= ? AND audience <> 'bot' AND (member_id <> 0 OR audience = 'group') ORDER BY due_at, id LIMIT ?`, milliseconds(now), most)
	more = len(looked) == most
	for _, hearer := range looked {
		if !slices.Contains(hearers, hearer) {
			hearers = append(hearers, hearer)
		}
	}
	return hearers, more, err
}

// DueActs lists what the bot is to do itself at a moment, oldest first.
func (tx *Tx) DueActs(now time.Time) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE state = 'waiting' AND due_at <= ? AND audience = 'bot' ORDER BY due_at, id`, milliseconds(now))
}

// NextReminder is when the next reminder is due; ErrNotFound if none waits.
func (tx *Tx) NextReminder() (time.Time, error) {
	ms, err := one(tx, scalar[int64], `SELECT due_at FROM reminder WHERE state = 'waiting' ORDER BY due_at LIMIT 1`)
	return moment(ms), err
}

// RemindersUntil lists the reminders that wait and are due after one moment and
// not after another, in the order of time.
func (tx *Tx) RemindersUntil(after, until time.Time) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE state = 'waiting' AND due_at > ? AND due_at <= ? ORDER BY due_at, id`,
		milliseconds(after), milliseconds(until))
}

// WaitingReminders lists what is planned for a thing, in the order of time.
func (tx *Tx) WaitingReminders(subject council.Reference) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE subject = ? AND state = 'waiting' ORDER BY due_at, id`, subject.String())
}

// RemindedAlone lists the members for whom a reminder of several people was kept
// as one of their own, whatever became of that: the common one is not for them.
func (tx *Tx) RemindedAlone(r council.Reminder) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT member_id FROM reminder WHERE subject = ? AND milestone_id = ? AND step = ? AND audience = ?
		AND member_id <> 0 AND group_id = ? AND deadline_at = ? ORDER BY member_id`,
		r.Subject.String(), r.MilestoneID, r.Step, r.Audience, r.GroupID, milliseconds(r.Anchor))
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

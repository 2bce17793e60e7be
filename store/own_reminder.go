package store

import (
	"database/sql"
	"encoding/json"

	"github.com/rembuk/rembuk/council"
)

const ownReminderColumns = `number, member_id, group_id, text, about, recurrence, next_at, created_at, version`

func scanOwnReminder(row scanner) (council.OwnReminder, error) {
	var o council.OwnReminder
	var about, recurrence string
	var next sql.NullInt64
	var created int64
	err := row.Scan(&o.Number, &o.MemberID, &o.GroupID, &o.Text, &about, &recurrence, &next, &created, &o.Version)
	if err != nil {
		return o, err
	}
	o.About, _ = council.ParseReference(about)
	o.Next, o.CreatedAt = optionalMoment(next), moment(created)
	if recurrence != "" {
		err = json.Unmarshal([]byte(recurrence), &o.Recurrence)
	}
	return o, err
}

// CreateOwnReminder keeps what somebody asked to be reminded of, numbers it, and
// plans it.
func (tx *Tx) CreateOwnReminder(o council.OwnReminder) (council.OwnReminder, error) {
	recurrence, err := recurrenceText(o.Recurrence)
	if err != nil {
		return o, err
	}
	o.Version = 1
	o.Number, err = tx.insert(`INSERT INTO own_reminder (member_id, group_id, text, about, recurrence, next_at, created_at, version)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		o.MemberID, o.GroupID, o.Text, o.About.String(), recurrence, optional(o.Next), milliseconds(o.CreatedAt), o.Version)
	if err != nil {
		return o, err
	}
	return o, tx.AddReminders(o.Plan())
}

// SaveOwnReminder keeps it as a change has left it, and plans it anew.
func (tx *Tx) SaveOwnReminder(o council.OwnReminder) error {
	recurrence, err := recurrenceText(o.Recurrence)
	if err != nil {
		return err
	}
	if err := tx.run(`UPDATE own_reminder SET group_id = ?, text = ?, about = ?, recurrence = ?, next_at = ?, version = ? WHERE number = ?`,
		o.GroupID, o.Text, o.About.String(), recurrence, optional(o.Next), o.Version, o.Number); err != nil {
		return err
	}
	return tx.PlanReminders(o.Reference(), o.Plan(), nil)
}

// OwnReminder finds what somebody asked to be reminded of.
func (tx *Tx) OwnReminder(number int64) (council.OwnReminder, error) {
	return one(tx, scanOwnReminder, `SELECT `+ownReminderColumns+` FROM own_reminder WHERE number = ?`, number)
}

// OwnReminders lists what a person still waits for in private, the next first.
func (tx *Tx) OwnReminders(memberID int64) ([]council.OwnReminder, error) {
	return all(tx, scanOwnReminder, `SELECT `+ownReminderColumns+` FROM own_reminder
		WHERE member_id = ? AND next_at IS NOT NULL AND group_id = 0 ORDER BY next_at, number`, memberID)
}

// GroupReminders lists what a group still waits for, the next first.
func (tx *Tx) GroupReminders(groupID int64) ([]council.OwnReminder, error) {
	return all(tx, scanOwnReminder, `SELECT `+ownReminderColumns+` FROM own_reminder
		WHERE group_id = ? AND group_id <> 0 AND next_at IS NOT NULL ORDER BY next_at, number`, groupID)
}

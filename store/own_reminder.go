package store

import (
	"database/sql"
	"encoding/json"
	"time"

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

// NoteReminderCommand remembers by which message a reminder was made, and as
// what that message has left it.
func (tx *Tx) NoteReminderCommand(o council.OwnReminder, chatID int64, messageID int) error {
	return tx.run(`UPDATE own_reminder SET command_chat_id = ?, command_message_id = ?, command_version = ? WHERE number = ?`,
		chatID, messageID, o.Version, o.Number)
}

// ReminderByCommand finds the reminder that a message made, and tells whether it
// still is as that message has left it.
func (tx *Tx) ReminderByCommand(chatID int64, messageID int) (o council.OwnReminder, untouched bool, err error) {
	type made struct{ number, version int64 }
	found, err := one(tx, func(row scanner) (made, error) {
		var m made
		err := row.Scan(&m.number, &m.version)
		return m, err
	}, `SELECT number, command_version FROM own_reminder WHERE command_chat_id = ? AND command_message_id = ? AND command_message_id <> 0`, chatID, messageID)
	if err != nil {
		return o, false, err
	}
	o, err = tx.OwnReminder(found.number)
	return o, o.Version == found.version, err
}

// LastSaid is the moment for which a thing was spoken of last; ErrNotFound when
// it never was.
func (tx *Tx) LastSaid(subject council.Reference) (time.Time, error) {
	ms, err := one(tx, scalar[int64], `SELECT deadline_at FROM reminder WHERE subject = ? AND state = 'said' ORDER BY deadline_at DESC LIMIT 1`, subject.String())
	return moment(ms), err
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

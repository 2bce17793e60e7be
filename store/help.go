package store

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
)

// refusalMemory is how long it is remembered what somebody was refused.
const refusalMemory = 10 * time.Minute

// NoteRefusal remembers in which words something was refused to a member in a chat. It
// takes the place of what was refused there before; what is older than ten minutes is
// forgotten everywhere.
func (tx *Tx) NoteRefusal(chatID, memberID int64, text string, at time.Time) error {
	if err := tx.run(`DELETE FROM refusal WHERE said_at < ?`, milliseconds(at.Add(-refusalMemory))); err != nil {
		return err
	}
	return tx.run(`INSERT INTO refusal (chat_id, member_id, text, said_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (chat_id, member_id) DO UPDATE SET text = excluded.text, said_at = excluded.said_at`, chatID, memberID, text, milliseconds(at))
}

// LastRefusal is what was refused to a member in a chat within the last ten minutes; "" for nothing.
func (tx *Tx) LastRefusal(chatID, memberID int64, now time.Time) (string, error) {
	text, err := one(tx, scalar[string], `SELECT text FROM refusal WHERE chat_id = ? AND member_id = ? AND said_at >= ?`,
		chatID, memberID, milliseconds(now.Add(-refusalMemory)))
	return text, noneIsEmpty(err)
}

// OfferGuidance remembers that a member is shown the way to begin in a role, and tells
// whether that is the first time.
func (tx *Tx) OfferGuidance(memberID int64, role council.Role, at time.Time) (first bool, err error) {
	result, err := tx.exec(`INSERT INTO guidance (member_id, role, offered_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, memberID, role, milliseconds(at))
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// LastDeed is the thing that a member did something with last, since a moment; the zero
// Reference for none.
func (tx *Tx) LastDeed(memberID int64, since time.Time) (council.Reference, error) {
	subject, err := one(tx, scalar[string], `SELECT subject FROM event INDEXED BY event_member WHERE member_id = ? AND at >= ? AND substr(subject, 1, 1) IN ('T', 'I', 'Q', 'M', 'F')
		ORDER BY id DESC LIMIT 1`, memberID, milliseconds(since))
	reference, _ := council.ParseReference(subject)
	return reference, noneIsEmpty(err)
}

func noneIsEmpty(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

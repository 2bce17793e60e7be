package store

import (
	"time"
)

// Consented tells whether a member agrees to a version of the text about personal
// data, and has not taken that back.
func (tx *Tx) Consented(memberID int64, version int) (bool, error) {
	count, err := one(tx, scalar[int], `SELECT count(*) FROM consent WHERE member_id = ? AND purpose = 'ideas' AND version = ? AND withdrawn_at IS NULL`, memberID, version)
	return count > 0, err
}

// GiveConsent records that a member agrees to a version of the text, and when.
func (tx *Tx) GiveConsent(memberID int64, version int, at time.Time) error {
	return tx.run(`INSERT INTO consent (member_id, purpose, version, given_at) VALUES (?, 'ideas', ?, ?)`, memberID, version, milliseconds(at))
}

// WithdrawConsent records that a member agrees to nothing any more, and tells
// whether there was something to take back. That it was given, and when, is kept.
func (tx *Tx) WithdrawConsent(memberID int64, at time.Time) (bool, error) {
	result, err := tx.exec(`UPDATE consent SET withdrawn_at = ? WHERE member_id = ? AND withdrawn_at IS NULL`, milliseconds(at), memberID)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// Unname forgets the name and the username of a member.
func (tx *Tx) Unname(memberID int64) error {
	return tx.run(`UPDATE member SET name = '', username = '', folded = '' WHERE id = ?`, memberID)
}

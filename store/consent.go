package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

const consentColumns = `member_id, purpose, version, language, message_id, subject, given_at, withdrawn_at`

func scanConsent(row scanner) (c council.Consent, err error) {
	var subject string
	var given int64
	var withdrawn sql.NullInt64
	err = row.Scan(&c.MemberID, &c.Purpose, &c.Version, &c.Language, &c.MessageID, &subject, &given, &withdrawn)
	c.Subject, _ = council.ParseReference(subject) // the column holds only what String wrote
	c.GivenAt, c.WithdrawnAt = moment(given), optionalMoment(withdrawn)
	return c, err
}

// Consented tells whether a member agrees that ideas are kept, by a version of the text
// about personal data or a later one, and has not taken that back.
func (tx *Tx) Consented(memberID int64, version int) (bool, error) {
	count, err := one(tx, scalar[int], `SELECT count(*) FROM consent WHERE member_id = ? AND purpose = 'ideas' AND version >= ? AND withdrawn_at IS NULL`, memberID, version)
	return count > 0, err
}

// GiveConsent records what a member agrees to.
func (tx *Tx) GiveConsent(c council.Consent) error {
	return tx.run(`INSERT INTO consent (member_id, purpose, version, language, message_id, subject, given_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		c.MemberID, c.Purpose, c.Version, c.Language, c.MessageID, c.Subject.String(), milliseconds(c.GivenAt))
}

// WithdrawConsent records that a member agrees to nothing any more, and tells
// whether there was something to take back. That it was given, and when, is kept.
func (tx *Tx) WithdrawConsent(memberID int64, at time.Time) (bool, error) {
	return tx.withdraw(`UPDATE consent SET withdrawn_at = ? WHERE member_id = ? AND withdrawn_at IS NULL`, milliseconds(at), memberID)
}

// WithdrawNames records that the name of a member may not be shown any more: with one
// idea, or with any where none is given.
func (tx *Tx) WithdrawNames(memberID int64, subject council.Reference, at time.Time) (bool, error) {
	return tx.withdraw(`UPDATE consent SET withdrawn_at = ?1 WHERE member_id = ?2 AND purpose = 'name' AND withdrawn_at IS NULL AND (?3 = '' OR subject = ?3)`,
		milliseconds(at), memberID, subject.String())
}

func (tx *Tx) withdraw(statement string, values ...any) (bool, error) {
	result, err := tx.exec(statement, values...)
	if err != nil {
		return false, err
	}
	count, err := result.RowsAffected()
	return count > 0, err
}

// Consents lists what a member agreed to, the newest first.
func (tx *Tx) Consents(memberID int64) ([]council.Consent, error) {
	return all(tx, scanConsent, `SELECT `+consentColumns+` FROM consent WHERE member_id = ? ORDER BY id DESC`, memberID)
}

// Agreed lists who agrees that ideas are kept, by a version before this one.
func (tx *Tx) Agreed(before int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE id IN
		(SELECT member_id FROM consent WHERE purpose = 'ideas' AND withdrawn_at IS NULL AND version < ?) ORDER BY id`, before)
}

// Unname forgets the name and the username of a member.
func (tx *Tx) Unname(memberID int64) error {
	return tx.run(`UPDATE member SET name = '', username = '', folded = '' WHERE id = ?`, memberID)
}

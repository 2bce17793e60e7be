package store

import (
	"database/sql"

	"github.com/rembuk/rembuk/council"
)

const privacyRequestColumns = `number, member_id, kind, words, asked_at, due_at, ended_at, ended_by, how, answer`

func scanPrivacyRequest(row scanner) (p council.PrivacyRequest, err error) {
	var asked, due int64
	var ended sql.NullInt64
	err = row.Scan(&p.Number, &p.MemberID, &p.Kind, &p.Words, &asked, &due, &ended, &p.EndedBy, &p.How, &p.Answer)
	p.AskedAt, p.Due, p.EndedAt = moment(asked), moment(due), optionalMoment(ended)
	return p, err
}

// CreatePrivacyRequest keeps what somebody asks about their own data, and numbers it.
func (tx *Tx) CreatePrivacyRequest(p council.PrivacyRequest) (council.PrivacyRequest, error) {
	var err error
	p.Number, err = tx.insert(`INSERT INTO privacy_request (member_id, kind, words, asked_at, due_at) VALUES (?, ?, ?, ?, ?)`,
		p.MemberID, p.Kind, p.Words, milliseconds(p.AskedAt), milliseconds(p.Due))
	return p, err
}

// EndPrivacyRequest keeps how a request was ended.
func (tx *Tx) EndPrivacyRequest(p council.PrivacyRequest) error {
	return tx.run(`UPDATE privacy_request SET ended_at = ?, ended_by = ?, how = ?, answer = ? WHERE number = ?`,
		optional(p.EndedAt), p.EndedBy, p.How, p.Answer, p.Number)
}

// PrivacyRequest finds a request; ErrNotFound if there is none with this number.
func (tx *Tx) PrivacyRequest(number int64) (council.PrivacyRequest, error) {
	return one(tx, scanPrivacyRequest, `SELECT `+privacyRequestColumns+` FROM privacy_request WHERE number = ?`, number)
}

// OpenPrivacyRequests lists what nobody has ended yet, by when its time is over.
func (tx *Tx) OpenPrivacyRequests() ([]council.PrivacyRequest, error) {
	return all(tx, scanPrivacyRequest, `SELECT `+privacyRequestColumns+` FROM privacy_request WHERE ended_at IS NULL ORDER BY due_at, number`)
}

// PrivacyRequestsOf lists what a member has asked, the newest first.
func (tx *Tx) PrivacyRequestsOf(memberID int64) ([]council.PrivacyRequest, error) {
	return all(tx, scanPrivacyRequest, `SELECT `+privacyRequestColumns+` FROM privacy_request WHERE member_id = ? ORDER BY number DESC`, memberID)
}

// KeepsOf tells whether something is kept of a member beside the id: a name, or anything
// that the person did or gave.
func (tx *Tx) KeepsOf(memberID int64) (bool, error) {
	count, err := one(tx, scalar[int], `SELECT (SELECT count(*) FROM member WHERE id = ?1 AND (name <> '' OR username <> '' OR address <> ''))
		+ (SELECT count(*) FROM consent WHERE member_id = ?1) + (SELECT count(*) FROM idea WHERE submitter_id = ?1)
		+ (SELECT count(*) FROM idea_draft WHERE member_id = ?1) + (SELECT count(*) FROM privacy_request WHERE member_id = ?1)
		+ (SELECT count(*) FROM event WHERE member_id = ?1)`, memberID)
	return count > 0, err
}

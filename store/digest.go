package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// Digest is what was said to a person as one message.
type Digest struct {
	ID       int64
	MemberID int64
	SaidAt   time.Time // on the rules' clock
	Late     bool
	Page     int // the page that the message shows, from 0
}

// CreateDigest keeps what is about to be said to a person: the digest and its
// reminders, in their order.
func (tx *Tx) CreateDigest(digest Digest, reminders []council.Reminder) (Digest, error) {
	var err error
	digest.ID, err = tx.insert(`INSERT INTO digest (member_id, said_at, late, page) VALUES (?, ?, ?, ?)`,
		digest.MemberID, milliseconds(digest.SaidAt), digest.Late, digest.Page)
	for place, r := range reminders {
		if err != nil {
			return digest, err
		}
		err = tx.run(`INSERT INTO digest_item (digest_id, place, subject, milestone_id, step, audience, anchor_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			digest.ID, place, r.Subject.String(), r.MilestoneID, r.Step, r.Audience, orNever(r.Anchor))
	}
	return digest, err
}

// Digest finds a digest.
func (tx *Tx) Digest(id int64) (Digest, error) {
	return one(tx, scanDigest, `SELECT id, member_id, said_at, late, page FROM digest WHERE id = ?`, id)
}

func scanDigest(row scanner) (Digest, error) {
	var d Digest
	var said int64
	err := row.Scan(&d.ID, &d.MemberID, &said, &d.Late, &d.Page)
	d.SaidAt = moment(said)
	return d, err
}

// DigestItems lists the reminders that a digest said, in their order.
func (tx *Tx) DigestItems(id int64) ([]council.Reminder, error) {
	return all(tx, func(row scanner) (council.Reminder, error) {
		var r council.Reminder
		var subject string
		var anchor int64
		err := row.Scan(&subject, &r.MilestoneID, &r.Step, &r.Audience, &anchor, &r.MemberID)
		r.Subject, _ = council.ParseReference(subject)
		r.Anchor = momentOrNever(anchor)
		return r, err
	}, `SELECT subject, milestone_id, step, audience, anchor_at, (SELECT member_id FROM digest WHERE id = digest_id)
		FROM digest_item WHERE digest_id = ? ORDER BY place`, id)
}

// TurnDigest remembers which page of a digest is shown.
func (tx *Tx) TurnDigest(id int64, page int) error {
	return tx.run(`UPDATE digest SET page = ? WHERE id = ?`, page, id)
}

// DigestsAbout lists the digests since a moment that said something about a thing.
func (tx *Tx) DigestsAbout(subject council.Reference, since time.Time) ([]Digest, error) {
	return all(tx, scanDigest, `SELECT DISTINCT digest.id, digest.member_id, digest.said_at, digest.late, digest.page
		FROM digest_item JOIN digest ON digest.id = digest_item.digest_id
		WHERE digest_item.subject = ? AND digest.said_at >= ? ORDER BY digest.id`, subject.String(), milliseconds(since))
}

// PruneDigests forgets the digests that were said before a moment.
func (tx *Tx) PruneDigests(before time.Time) error {
	return tx.run(`DELETE FROM digest WHERE said_at < ?`, milliseconds(before))
}

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
	Page     int   // the page that the message shows, from 0
	Face     int64 // a mark of what it shows; 0: nothing yet
}

// CreateDigest keeps what is about to be said to a person: the digest and its
// reminders, in their order.
func (tx *Tx) CreateDigest(digest Digest, reminders []council.Reminder) (Digest, error) {
	var err error
	digest.ID, err = tx.insert(`INSERT INTO digest (member_id, said_at, late, page, face) VALUES (?, ?, ?, ?, ?)`,
		digest.MemberID, milliseconds(digest.SaidAt), digest.Late, digest.Page, digest.Face)
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
	return one(tx, scanDigest, `SELECT id, member_id, said_at, late, page, face FROM digest WHERE id = ?`, id)
}

func scanDigest(row scanner) (Digest, error) {
	var d Digest
	var said int64
	err := row.Scan(&d.ID, &d.MemberID, &said, &d.Late, &d.Page, &d.Face)
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

// ShowDigest remembers which page of a digest is shown, and the mark of what it shows.
func (tx *Tx) ShowDigest(digest Digest) error {
	return tx.run(`UPDATE digest SET page = ?, face = ? WHERE id = ?`, digest.Page, digest.Face, digest.ID)
}

// DigestsAbout lists the digests since a moment that said something about a thing.
func (tx *Tx) DigestsAbout(subject council.Reference, since time.Time) ([]Digest, error) {
	return all(tx, scanDigest, `SELECT DISTINCT digest.id, digest.member_id, digest.said_at, digest.late, digest.page, digest.face
		FROM digest_item JOIN digest ON digest.id = digest_item.digest_id
		WHERE digest_item.subject = ? AND digest.said_at >= ? ORDER BY digest.id`, subject.String(), milliseconds(since))
}

// PruneDigests forgets the digests that were said before a moment, and that their
// messages were cards.
func (tx *Tx) PruneDigests(before time.Time) error {
	if err := tx.run(`DELETE FROM card WHERE subject IN (SELECT '`+string(council.DigestLetter)+`-' || id FROM digest WHERE said_at < ?)`,
		milliseconds(before)); err != nil {
		return err
	}
	return tx.run(`DELETE FROM digest WHERE said_at < ?`, milliseconds(before))
}

package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// MakeOfficial makes an announcement an official notice and gives it its number.
func (tx *Tx) MakeOfficial(a council.Announcement) (council.Announcement, error) {
	var err error
	a.Official.Number, err = tx.insert(`INSERT INTO official_notice (announcement_number, found_at, follows, closed_at) VALUES (?, ?, ?, ?)`,
		a.Number, orNever(a.Official.FoundAt), a.Official.Follows, orNever(a.Official.ClosedAt))
	return a, err
}

// CloseOfficial notes that nothing is left to be done about an official notice.
func (tx *Tx) CloseOfficial(official int64, at time.Time) error {
	return tx.run(`UPDATE official_notice SET closed_at = ? WHERE official = ?`, milliseconds(at), official)
}

// Official finds an official notice by its number; ErrNotFound if there is none.
func (tx *Tx) Official(official int64) (council.Announcement, error) {
	return tx.addressed(one(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` WHERE official = ?`, official))
}

// AnnouncementNamed finds an announcement or an official notice by its reference;
// ErrNotFound if there is none.
func (tx *Tx) AnnouncementNamed(reference council.Reference) (council.Announcement, error) {
	switch reference.Letter {
	case council.OfficialLetter:
		return tx.Official(reference.Number)
	case council.AnnouncementLetter:
		a, err := tx.Announcement(reference.Number)
		if err == nil && a.Official.Number != 0 {
			return council.Announcement{}, ErrNotFound
		}
		return a, err
	}
	return council.Announcement{}, ErrNotFound
}

// OpenOfficials lists the official notices that a coordinator still has to see to, the
// oldest first, without whom they are for.
func (tx *Tx) OpenOfficials() ([]council.Announcement, error) {
	return all(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` WHERE official IN (SELECT official FROM official_notice WHERE closed_at = 0) ORDER BY official`)
}

// OfficialsWaitingFor lists the official notices that are for a member and could not be
// brought so far, the oldest first, without whom they are for.
func (tx *Tx) OfficialsWaitingFor(memberID int64) ([]council.Announcement, error) {
	return all(tx, scanAnnouncement, `SELECT `+announcementColumns+fromAnnouncement+` WHERE official IS NOT NULL AND state = 'sent'
		AND number IN (SELECT number FROM announcement_copy WHERE member_id = ? AND state IN ('unreached', 'uncertain')) ORDER BY official`, memberID)
}

// CopyTo finds the copy of an announcement that is for a member; ErrNotFound if none is.
func (tx *Tx) CopyTo(number, memberID int64) (AnnouncementCopy, error) {
	return one(tx, scanCopy, `SELECT `+copyColumns+` FROM announcement_copy WHERE number = ? AND group_id = 0 AND member_id = ?`, number, memberID)
}

// EverybodyKept lists the people of whom something is kept that can be told apart from
// others: an account, a username or a name.
func (tx *Tx) EverybodyKept() ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE same_as IS NULL AND (telegram_id IS NOT NULL OR username <> '' OR name <> '') ORDER BY id`)
}

package store

import "time"

// Attachment is a file that belongs to a thing, or a place on the map. The file
// itself stays with Telegram.
type Attachment struct {
	Subject  string
	Kind     string // document, photo, video, audio, voice, animation, video_note, location
	FileID   string // of a location "latitude,longitude" in degrees, as "-2.5,121.1"
	UniqueID string
	Name     string
	MemberID int64
}

// Attach adds a file to a thing; the same file is kept once.
func (tx *Tx) Attach(a Attachment, now time.Time) error {
	return tx.run(`INSERT INTO attachment (subject, kind, file_id, unique_id, name, member_id, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (subject, unique_id) DO NOTHING`, a.Subject, a.Kind, a.FileID, a.UniqueID, a.Name, a.MemberID, milliseconds(now))
}

// Attachments lists the files of a thing, oldest first.
func (tx *Tx) Attachments(subject string) ([]Attachment, error) {
	return all(tx, func(row scanner) (Attachment, error) {
		var a Attachment
		err := row.Scan(&a.Subject, &a.Kind, &a.FileID, &a.UniqueID, &a.Name, &a.MemberID)
		return a, err
	}, `SELECT subject, kind, file_id, unique_id, name, member_id FROM attachment WHERE subject = ? ORDER BY id`, subject)
}

// CountAttachments counts the files of a thing.
func (tx *Tx) CountAttachments(subject string) (int, error) {
	return one(tx, scalar[int], `SELECT count(*) FROM attachment WHERE subject = ?`, subject)
}

// Detach takes a file away from a thing.
func (tx *Tx) Detach(subject, uniqueID string) error {
	return tx.run(`DELETE FROM attachment WHERE subject = ? AND unique_id = ?`, subject, uniqueID)
}

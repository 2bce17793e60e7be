package store

import "time"

// noticeMemory is how long it is remembered that somebody was reminded.
const noticeMemory = 7 * 24 * time.Hour

// NoteNotice records that a person was reminded without having asked, for the
// daily budget.
func (tx *Tx) NoteNotice(memberID int64, at time.Time) error {
	if err := tx.run(`DELETE FROM notice WHERE member_id = ? AND said_at < ?`, memberID, milliseconds(at.Add(-noticeMemory))); err != nil {
		return err
	}
	return tx.run(`INSERT INTO notice (member_id, said_at) VALUES (?, ?)`, memberID, milliseconds(at))
}

// CountNotices counts how often a person was reminded within a span.
func (tx *Tx) CountNotices(memberID int64, span Span) (int, error) {
	return one(tx, scalar[int], `SELECT count(*) FROM notice WHERE member_id = ? AND said_at >= ? AND said_at < ?`,
		memberID, milliseconds(span.Since), milliseconds(span.Until))
}

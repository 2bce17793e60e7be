package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// familyOf is all ideas that stand for themselves or became part of one that does:
// the number given, whatever it was merged into, and whatever was merged into that.
const familyOf = `WITH RECURSIVE above (number, into_number) AS (
		SELECT number, merged_into FROM idea WHERE number = ?
		UNION SELECT idea.number, idea.merged_into FROM idea JOIN above ON idea.number = above.into_number),
	family (number) AS (
		SELECT number FROM above WHERE into_number = 0
		UNION SELECT idea.number FROM idea JOIN family ON idea.merged_into = family.number AND idea.merged_into <> 0) `

// IdeaFamily finds an idea with all that belongs together with it by merging, and
// everybody who stands behind one of them. ErrNotFound if there is no such idea.
func (tx *Tx) IdeaFamily(number int64) (council.IdeaFamily, error) {
	var family council.IdeaFamily
	ideas, err := all(tx, scanIdea, familyOf+`SELECT `+prefixed("idea", ideaColumns)+` FROM family CROSS JOIN idea ON idea.number = family.number
		ORDER BY idea.merged_into <> 0, idea.number`, number)
	if err != nil {
		return family, err
	}
	if len(ideas) == 0 {
		return family, ErrNotFound
	}
	family.Root, family.Merged = ideas[0], ideas[1:]
	family.Stands, err = all(tx, scanSupport, familyOf+`SELECT idea_support.idea_number, idea_support.member_id, idea_support.supports
		FROM family CROSS JOIN idea_support ON idea_support.idea_number = family.number ORDER BY idea_support.at, idea_support.member_id`, number)
	return family, err
}

func scanSupport(row scanner) (council.IdeaSupport, error) {
	var support council.IdeaSupport
	err := row.Scan(&support.IdeaNumber, &support.MemberID, &support.Supports)
	return support, err
}

// SetSupport keeps that a member supports an idea, or only follows it.
func (tx *Tx) SetSupport(support council.IdeaSupport, at time.Time) error {
	return tx.run(`INSERT INTO idea_support (idea_number, member_id, supports, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (idea_number, member_id) DO UPDATE SET supports = excluded.supports, at = excluded.at`,
		support.IdeaNumber, support.MemberID, support.Supports, milliseconds(at))
}

// EndSupport takes back what a member has said to an idea.
func (tx *Tx) EndSupport(number, memberID int64) error {
	return tx.run(`DELETE FROM idea_support WHERE idea_number = ? AND member_id = ?`, number, memberID)
}

// CountComments counts what others than a member have said to an idea since a moment.
func (tx *Tx) CountComments(idea council.Idea, memberID int64, since time.Time) (int, error) {
	return one(tx, scalar[int], `SELECT count(*) FROM event INDEXED BY event_subject WHERE subject = ? AND kind = ? AND member_id <> ? AND at >= ?`,
		idea.Reference().String(), council.EventCommented, memberID, milliseconds(since))
}

// Comments lists what was said to an idea, newest first.
func (tx *Tx) Comments(idea council.Idea, limit int) ([]string, error) {
	return all(tx, scalar[string], `SELECT words.text FROM event INDEXED BY event_subject JOIN words ON words.id = event.words_id
		WHERE event.subject = ? AND event.kind = ? ORDER BY event.id DESC LIMIT ?`, idea.Reference().String(), council.EventCommented, limit)
}

package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// LivingIdeas lists the ideas of which something is still to be said, by their number.
func (tx *Tx) LivingIdeas() ([]council.Idea, error) {
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE state IN ('submitted', 'under_review', 'needs_detail', 'deliberated',
		'approved_trial', 'trial') ORDER BY number`)
}

// KeepFeedback keeps what somebody says about a trial; the last word in a round counts.
func (tx *Tx) KeepFeedback(feedback council.IdeaFeedback) error {
	return tx.run(`INSERT OR REPLACE INTO idea_feedback (idea_number, member_id, round, helped, at) VALUES (?, ?, ?, ?, ?)`,
		feedback.IdeaNumber, feedback.MemberID, feedback.Round, feedback.Helped, milliseconds(feedback.At))
}

// Feedback lists what was said about the trial of an idea since a moment, by person
// and round.
func (tx *Tx) Feedback(idea int64, since time.Time) ([]council.IdeaFeedback, error) {
	return all(tx, scanFeedback, `SELECT idea_number, member_id, round, helped, at FROM idea_feedback WHERE idea_number = ? AND at >= ?
		ORDER BY member_id, round`, idea, milliseconds(since))
}

func scanFeedback(row scanner) (council.IdeaFeedback, error) {
	var f council.IdeaFeedback
	var at int64
	err := row.Scan(&f.IdeaNumber, &f.MemberID, &f.Round, &f.Helped, &at)
	f.At = moment(at)
	return f, err
}

// KeepProfileField keeps what somebody writes into a field of an idea's profile; no
// text empties it.
func (tx *Tx) KeepProfileField(idea int64, field council.ProfileField, text string, memberID int64, at time.Time) error {
	if text == "" {
		return tx.run(`DELETE FROM idea_field WHERE idea_number = ? AND field = ?`, idea, field)
	}
	return tx.run(`INSERT OR REPLACE INTO idea_field (idea_number, field, text, member_id, at) VALUES (?, ?, ?, ?, ?)`, idea, field, text, memberID, milliseconds(at))
}

// ProfileFields reads what was written into the profile of an idea.
func (tx *Tx) ProfileFields(idea int64) (council.Profile, error) {
	type written struct {
		field council.ProfileField
		text  string
	}
	rows, err := all(tx, func(row scanner) (w written, err error) {
		err = row.Scan(&w.field, &w.text)
		return w, err
	}, `SELECT field, text FROM idea_field WHERE idea_number = ?`, idea)
	profile := make(council.Profile, len(rows))
	for _, row := range rows {
		profile[row.field] = row.text
	}
	return profile, err
}

package store

import (
	"database/sql"
	"strings"

	"github.com/rembuk/rembuk/council"
)

const ideaColumns = `number, submitter_id, named, from_group, chat_id, thread_id, message_id, title, text, problem, benefit, dimension,
	needs_budget, complaint, held, state, created_at, state_since, review_by, decide_by, stood_from, resumes, review_opened, review_until,
	quorum, decision, reason, decided_by, on_behalf, decided_at, merged_into, merged_at, merged_from, trial_at, version, rubric, decision_told`

func scanIdea(row scanner) (council.Idea, error) {
	var i council.Idea
	var created, since, review, decide int64
	var stood, opened, until, decided, merged, trial, told sql.NullInt64
	var rubric string
	err := row.Scan(&i.Number, &i.SubmitterID, &i.Named, &i.FromGroup, &i.Origin.ChatID, &i.Origin.ThreadID, &i.Origin.MessageID,
		&i.Title, &i.Text, &i.Problem, &i.Benefit, &i.Dimension, &i.NeedsBudget, &i.Complaint, &i.Held, &i.State, &created, &since,
		&review, &decide, &stood, &i.Resumes, &opened, &until, &i.Review.Quorum, &i.Decision.State, &i.Decision.Reason, &i.Decision.MemberID,
		&i.Decision.OnBehalf, &decided, &i.MergedInto, &merged, &i.MergedFrom, &trial, &i.Version, &rubric, &told)
	if err != nil {
		return i, err
	}
	i.CreatedAt, i.StateSince, i.ReviewBy, i.DecideBy = moment(created), moment(since), moment(review), moment(decide)
	i.StoodFrom, i.Decision.At, i.MergedAt, i.TrialAt = optionalMoment(stood), optionalMoment(decided), optionalMoment(merged), optionalMoment(trial)
	i.Review.OpenedAt, i.Review.Until = optionalMoment(opened), optionalMoment(until)
	i.Decision.ToldAt = optionalMoment(told)
	i.Review.Rubric, err = readRubric(rubric)
	return i, err
}

// ideaValues are the values of an idea's columns after the number, in their order.
func ideaValues(i council.Idea) ([]any, error) {
	rubric, err := rubricText(i.Review.Rubric)
	return []any{i.SubmitterID, i.Named, i.FromGroup, i.Origin.ChatID, i.Origin.ThreadID, i.Origin.MessageID, i.Title, i.Text, i.Problem, i.Benefit,
		i.Dimension, i.NeedsBudget, i.Complaint, i.Held, i.State, milliseconds(i.CreatedAt), milliseconds(i.StateSince), milliseconds(i.ReviewBy),
		milliseconds(i.DecideBy), optional(i.StoodFrom), i.Resumes, optional(i.Review.OpenedAt), optional(i.Review.Until), i.Review.Quorum,
		i.Decision.State, i.Decision.Reason, i.Decision.MemberID, i.Decision.OnBehalf, optional(i.Decision.At), i.MergedInto, optional(i.MergedAt),
		i.MergedFrom, optional(i.TrialAt), i.Version, rubric, optional(i.Decision.ToldAt), foldedIdea(i)}, err
}

func foldedIdea(i council.Idea) string {
	return strings.ToLower(strings.Join([]string{i.Title, i.Text, i.Problem, i.Benefit}, "\n"))
}

var ideaNames = strings.Fields(strings.ReplaceAll(strings.TrimPrefix(ideaColumns, "number,")+", folded", ",", " "))

// CreateIdea keeps a new idea and gives it its number.
func (tx *Tx) CreateIdea(idea council.Idea) (council.Idea, error) {
	values, err := ideaValues(idea)
	if err != nil {
		return idea, err
	}
	idea.Number, err = tx.insert(`INSERT INTO idea (`+strings.Join(ideaNames, ", ")+`) VALUES (`+marks(len(ideaNames))+`)`, values...)
	return idea, err
}

// SaveIdea keeps an idea as a change has left it.
func (tx *Tx) SaveIdea(idea council.Idea) error {
	values, err := ideaValues(idea)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE idea SET `+strings.Join(ideaNames, " = ?, ")+` = ? WHERE number = ?`, append(values, idea.Number)...)
}

// Idea finds an idea; ErrNotFound if there is none with this number.
func (tx *Tx) Idea(number int64) (council.Idea, error) {
	return one(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE number = ?`, number)
}

// IdeaAt finds the idea that a message gave; ErrNotFound if it gave none.
func (tx *Tx) IdeaAt(chatID int64, messageID int) (council.Idea, error) {
	return one(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE chat_id = ? AND message_id = ? AND message_id <> 0 ORDER BY number LIMIT 1`, chatID, messageID)
}

// MergedInto lists the ideas that are part of another, by their number.
func (tx *Tx) MergedInto(number int64) ([]council.Idea, error) {
	return all(tx, scanIdea, `SELECT `+ideaColumns+` FROM idea WHERE merged_into = ? AND merged_into <> 0 ORDER BY number`, number)
}

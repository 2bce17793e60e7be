package council

import "time"

// EvaluationState is where an evaluation stands.
type EvaluationState string

// States of an evaluation.
const (
	EvaluationOpen      EvaluationState = "open"
	EvaluationPostponed EvaluationState = "postponed" // without a date: no reminder hangs on it
	EvaluationClosed    EvaluationState = "closed"
	EvaluationCancelled EvaluationState = "cancelled"
)

// MilestoneKind is what happens at a milestone.
type MilestoneKind string

// Kinds of milestones.
const (
	MilestonePresentation MilestoneKind = "presentation"
	MilestoneUpload       MilestoneKind = "upload"
	MilestoneFieldReview  MilestoneKind = "field_review"
	MilestoneInterview    MilestoneKind = "interview"
	MilestoneInternal     MilestoneKind = "internal" // suggested before an upload; without a ladder of its own
)

// Milestone is one dated step of an evaluation.
type Milestone struct {
	ID       int64
	Kind     MilestoneKind
	Deadline Deadline
}

// Evaluation is an assessment with dated milestones, tied to no ministry's calendar.
type Evaluation struct {
	Number     int64
	Name       string
	State      EvaluationState
	Milestones []Milestone
	Rhythm     Rhythm // where it is not the city's
	CreatedBy  int64
	CreatedAt  time.Time
	Version    int64
}

// Reference of the evaluation.
func (e Evaluation) Reference() Reference { return EvaluationReference(e.Number) }

// Milestone is the one with this id; the zero Milestone when it is gone.
func (e Evaluation) Milestone(id int64) Milestone {
	for _, milestone := range e.Milestones {
		if milestone.ID == id {
			return milestone
		}
	}
	return Milestone{}
}

// Next is the first milestone with a ladder that is not past; false when there is none.
func (e Evaluation) Next(now time.Time) (Milestone, bool) {
	var next Milestone
	for _, milestone := range e.Milestones {
		if milestone.Kind == MilestoneInternal || milestone.Deadline.At.Before(now) {
			continue
		}
		if next.Deadline.IsZero() || milestone.Deadline.At.Before(next.Deadline.At) {
			next = milestone
		}
	}
	return next, !next.Deadline.IsZero()
}

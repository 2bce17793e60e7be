package council

import (
	"slices"
	"time"
)

// Recommendation is what assessors left behind: somebody is in charge of it by a date,
// and tasks, ideas, questions and meetings point to it.
type Recommendation struct {
	Number     int64
	Evaluation int64 // the number of the evaluation after which it was made; 0: none is known
	Text       string
	OwnerID    int64  // the member in charge; 0: nobody yet
	Office     string // the office in charge, as it was written
	Due        Deadline
	Measure    Measure
	State      RecommendationState
	Reason     string // what came of it, or why it is not followed
	Links      []RecommendationLink
	CreatedBy  int64
	CreatedAt  time.Time
	EndedAt    time.Time // zero while it is open
	Version    int64     // grows with every change
}

// RecommendationLink is a thing that points to a recommendation.
type RecommendationLink struct {
	Subject Reference
	At      time.Time
}

// RecommendationState is where a recommendation stands.
type RecommendationState string

// States of a recommendation.
const (
	RecommendationOpen      RecommendationState = "open"
	RecommendationDone      RecommendationState = "done"
	RecommendationDropped   RecommendationState = "dropped"   // it is not followed, with a reason
	RecommendationWithdrawn RecommendationState = "withdrawn" // it was recorded by mistake
)

// Measure is what the bot counts itself for a recommendation.
type Measure string

// Measures of recommendations.
const (
	MeasureNone        Measure = ""
	MeasureIdeas       Measure = "ideas"       // ideas by their stage
	MeasureInvolvement Measure = "involvement" // what groups do together
)

// Measures lists them in the order in which they are offered.
var Measures = []Measure{MeasureIdeas, MeasureInvolvement, MeasureNone}

// Limits of recommendations, in runes, and how many are recorded at once.
const (
	RecommendationLimit       = 1200 // what is longer is sent back, and never cut
	RecommendationOfficeLimit = 100
	RecommendationsAtOnce     = 30
	RecommendationLinksLimit  = 200
)

// RecommendationLadder is when whoever is in charge is reminded before the date.
var RecommendationLadder = Ladder{7, 1, 0}

// recommendationOverdue are the days after the date on which coordinators are told.
var recommendationOverdue = []int{1, 7}

// linkable are the kinds of things that may point to a recommendation.
var linkable = []byte{TaskLetter, IdeaLetter, QuestionLetter, MeetingLetter}

// Reference of the recommendation.
func (r Recommendation) Reference() Reference { return Reference{RecommendationLetter, r.Number} }

// Open tells whether it is still followed.
func (r Recommendation) Open() bool { return r.State == RecommendationOpen }

// Give puts a member, an office or both in charge. Refusal of this and the changes
// below: "recommendation_ended".
func (r Recommendation) Give(ownerID int64, office string) (Recommendation, error) {
	return r.changed(func(c *Recommendation) { c.OwnerID, c.Office = ownerID, office })
}

// Schedule sets the date, or none.
func (r Recommendation) Schedule(due Deadline) (Recommendation, error) {
	return r.changed(func(c *Recommendation) { c.Due = due })
}

// MeasureBy sets what is counted for it.
func (r Recommendation) MeasureBy(measure Measure) (Recommendation, error) {
	if !slices.Contains(Measures, measure) {
		return r, Refuse("unknown_action")
	}
	return r.changed(func(c *Recommendation) { c.Measure = measure })
}

// End closes it with what came of it, or why it is not followed. Refusal:
// "reason_missing".
func (r Recommendation) End(state RecommendationState, reason string, now time.Time) (Recommendation, error) {
	if reason == "" && state != RecommendationWithdrawn {
		return r, Refuse("reason_missing", "Reference", r.Reference().String())
	}
	return r.changed(func(c *Recommendation) { c.State, c.Reason, c.EndedAt = state, reason, now })
}

// Link lets things point to it; those that do already stay as they are. Refusals:
// "recommendation_link" for a kind of thing that cannot, "recommendation_full".
func (r Recommendation) Link(subjects []Reference, now time.Time) (Recommendation, error) {
	for _, subject := range subjects {
		if !slices.Contains(linkable, subject.Letter) {
			return r, Refuse("recommendation_link", "Reference", subject.String())
		}
	}
	linked, err := r.changed(func(c *Recommendation) {
		c.Links = slices.Clone(c.Links)
		for _, subject := range subjects {
			if !c.Linked(subject) {
				c.Links = append(c.Links, RecommendationLink{subject, now})
			}
		}
	})
	if len(linked.Links) > RecommendationLinksLimit {
		return r, Refuse("recommendation_full", "Reference", r.Reference().String())
	}
	return linked, err
}

// Unlink lets things point to it no more.
func (r Recommendation) Unlink(subjects []Reference) (Recommendation, error) {
	return r.changed(func(c *Recommendation) {
		c.Links = slices.DeleteFunc(slices.Clone(c.Links), func(l RecommendationLink) bool { return slices.Contains(subjects, l.Subject) })
	})
}

// Linked tells whether a thing points to it.
func (r Recommendation) Linked(subject Reference) bool {
	return slices.ContainsFunc(r.Links, func(l RecommendationLink) bool { return l.Subject == subject })
}

func (r Recommendation) changed(change func(*Recommendation)) (Recommendation, error) {
	if !r.Open() {
		return r, Refuse("recommendation_ended", "Reference", r.Reference().String())
	}
	changed := r
	changed.Version++
	change(&changed)
	return changed, nil
}

// PlanRecommendation plans what is said about a recommendation from now on: before its
// date to the member in charge, to coordinators while there is none, and past it to
// coordinators.
func PlanRecommendation(r Recommendation, now time.Time, timing Timing) []Reminder {
	if !r.Open() || r.Due.IsZero() {
		return nil
	}
	var planned []Reminder
	for _, step := range RecommendationLadder.mornings(r.Due, now, timing) {
		planned = append(planned, r.reminder(step.step, step.due))
	}
	for _, days := range recommendationOverdue {
		step := OverdueStep(days)
		if due, _ := timing.Moment(step, r.Due); due.After(now) {
			late := r.reminder(step, due)
			late.Audience, late.MemberID = ToCoordinator, 0
			planned = append(planned, late)
		}
	}
	return planned
}

func (r Recommendation) reminder(step Step, due time.Time) Reminder {
	reminder := Reminder{Subject: r.Reference(), Step: step, Audience: ToInCharge, MemberID: r.OwnerID, Anchor: r.Due.At, Due: due}
	if r.OwnerID == 0 {
		reminder.Audience = ToCoordinator
	}
	return reminder
}

// Stays tells whether a waiting reminder of the recommendation stays when it is planned
// anew: what has begun and waits, as for the end of a leave.
func (r Recommendation) Stays(reminder Reminder, now time.Time, timing Timing) bool {
	return r.Open() && reminder.Anchor.Equal(r.Due.At) && timing.Begun(reminder, now)
}

// DecideRecommendation decides about a reminder of a recommendation as it stands now.
// Reasons to drop beside those of DecideTask: "recommendation_ended",
// "not_in_charge_any_more".
func DecideRecommendation(reminder Reminder, r Recommendation, now time.Time, timing Timing) Decision {
	switch {
	case !r.Open():
		return Decision{Verdict: Drop, Reason: "recommendation_ended"}
	case reminder.Audience == ToInCharge && reminder.MemberID != r.OwnerID:
		return Decision{Verdict: Drop, Reason: "not_in_charge_any_more"}
	case r.Due.IsZero():
		return Decision{Verdict: Drop, Reason: "lost_its_point"}
	}
	return decide(reminder, r.Due, RecommendationLadder, now, timing)
}

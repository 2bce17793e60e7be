package council

import (
	"slices"
	"time"
)

// ideaChanges is the table "Idea" of product.md, "Lives of things": what may
// happen to an idea, from which states, and the state that follows. An empty state
// is one that the change itself finds.
var ideaChanges = map[EventKind]struct {
	from []IdeaState
	to   IdeaState
}{
	EventReviewed:    {[]IdeaState{IdeaSubmitted}, IdeaUnderReview},
	EventClarified:   {[]IdeaState{IdeaSubmitted, IdeaUnderReview, IdeaDeliberated}, IdeaNeedsDetail},
	EventExplained:   {[]IdeaState{IdeaNeedsDetail}, ""},
	EventDeliberated: {[]IdeaState{IdeaUnderReview}, IdeaDeliberated},
	EventDecided: {[]IdeaState{IdeaSubmitted, IdeaUnderReview, IdeaNeedsDetail, IdeaDeliberated,
		IdeaApproved, IdeaPostponed, IdeaNotNow}, ""},
	EventMerged:       {[]IdeaState{IdeaSubmitted, IdeaUnderReview, IdeaNeedsDetail, IdeaDeliberated, IdeaPostponed, IdeaNotNow}, IdeaMerged},
	EventUnmerged:     {[]IdeaState{IdeaMerged}, ""},
	EventTrialStarted: {[]IdeaState{IdeaApproved}, IdeaTrial},
	EventAdopted:      {[]IdeaState{IdeaTrial}, IdeaAdopted},
	EventTrialStopped: {[]IdeaState{IdeaTrial}, IdeaNotNow},
	EventWithdrawn:    {[]IdeaState{IdeaSubmitted, IdeaUnderReview, IdeaNeedsDetail, IdeaDeliberated}, IdeaWithdrawn},
}

// PossibleForIdea tells whether something may happen to an idea in a state.
func PossibleForIdea(state IdeaState, kind EventKind) bool {
	return slices.Contains(ideaChanges[kind].from, state)
}

// change moves an idea, unless its state does not allow it. Refusals: "idea_held",
// "idea_merged", and "idea_state" with the state.
func (i Idea) change(kind EventKind, now time.Time) (Idea, error) {
	reference := i.Reference().String()
	switch {
	case i.Held != HeldNot && kind != EventWithdrawn:
		return i, Refuse("idea_held", "Reference", reference)
	case i.State == IdeaMerged && kind != EventUnmerged:
		return i, Refuse("idea_merged", "Reference", reference, "Into", Reference{IdeaLetter, i.MergedInto}.String())
	case !PossibleForIdea(i.State, kind):
		return i, Refuse("idea_state", "Reference", reference, "idea_state", string(i.State))
	}
	if to := ideaChanges[kind].to; to != "" {
		i.State = to
	}
	i.StateSince = now
	i.Version++
	return i, nil
}

// Ask asks the submitter for detail: the clock stands still from now on.
func (i Idea) Ask(now time.Time) (Idea, error) {
	before := i.State
	if i.State == IdeaNeedsDetail { // asked once more
		i.Version++
		return i, nil
	}
	i, err := i.change(EventClarified, now)
	if err == nil {
		i.StoodFrom, i.Resumes = now, before
	}
	return i, err
}

// Explain takes the submitter's detail: the idea goes on where it stood, and its
// targets move by the whole working days for which it stood still.
func (i Idea) Explain(now time.Time, calendar Calendar) (Idea, error) {
	i, err := i.change(EventExplained, now)
	if err != nil {
		return i, err
	}
	i.State = i.Resumes
	return i.goOn(now, calendar), nil
}

func (i Idea) goOn(now time.Time, calendar Calendar) Idea {
	if i.StoodFrom.IsZero() {
		return i
	}
	if stood := calendar.workdaysBetween(i.StoodFrom, now); stood > 0 {
		for _, target := range []*time.Time{&i.ReviewBy, &i.DecideBy, &i.Review.Until} {
			if target.IsZero() {
				continue
			}
			*target = calendar.at(calendar.addWorkdays(calendar.Day(*target), stood), questionHour).UTC()
		}
	}
	i.StoodFrom, i.Resumes = time.Time{}, ""
	return i
}

// Deliberate records that enough have scored, or that the date has come.
func (i Idea) Deliberate(now time.Time) (Idea, error) { return i.change(EventDeliberated, now) }

// Decide records a decision, also one that takes the place of an earlier one.
// Refusals beside those of every change: "reason_missing", "no_decision" for a
// state that is none, "same_decision".
func (i Idea) Decide(decision IdeaDecision, calendar Calendar) (Idea, error) {
	reference := i.Reference().String()
	switch {
	case decision.State != IdeaApproved && decision.State != IdeaPostponed && decision.State != IdeaNotNow:
		return i, Refuse("no_decision", "Reference", reference)
	case decision.Reason == "":
		return i, Refuse("reason_missing", "Reference", reference)
	case decision.State == i.Decision.State && decision.Reason == i.Decision.Reason:
		return i, Refuse("same_decision", "Reference", reference)
	}
	i, err := i.change(EventDecided, decision.At)
	if err != nil {
		return i, err
	}
	i = i.goOn(decision.At, calendar)
	i.State, i.Decision = decision.State, decision
	return i, nil
}

// Merge makes the idea part of another one, which keeps its own number; what was
// given, by whom, and who supports it stays. Refusals beside those of every change:
// "merge_self", "merge_into_merged".
func (i Idea) Merge(into Idea, now time.Time) (Idea, error) {
	switch {
	case into.Number == i.Number:
		return i, Refuse("merge_self", "Reference", i.Reference().String())
	case into.State == IdeaMerged || into.State == IdeaWithdrawn || into.Held != HeldNot:
		return i, Refuse("merge_into_merged", "Reference", into.Reference().String())
	}
	before := i.State
	i, err := i.change(EventMerged, now)
	if err == nil {
		i.MergedInto, i.MergedAt, i.MergedFrom = into.Number, now, before
	}
	return i, err
}

// Unmerge lets the idea stand for itself again, as it stood before, for seven days.
// Refusals beside those of every change: "unmerge_none", "unmerge_late".
func (i Idea) Unmerge(now time.Time) (Idea, error) {
	switch {
	case i.State != IdeaMerged:
		return i, Refuse("unmerge_none", "Reference", i.Reference().String())
	case now.Sub(i.MergedAt) > UnmergeDays*24*time.Hour:
		return i, Refuse("unmerge_late", "Reference", i.Reference().String())
	}
	return i.StandAlone(now)
}

// StandAlone lets an idea stand for itself again, as it stood before it was merged,
// however long ago: what it was part of was taken back.
func (i Idea) StandAlone(now time.Time) (Idea, error) {
	i, err := i.change(EventUnmerged, now)
	if err == nil {
		i.State, i.MergedInto, i.MergedAt, i.MergedFrom = i.MergedFrom, 0, time.Time{}, ""
	}
	return i, err
}

// Withdraw takes the idea back before it is decided.
func (i Idea) Withdraw(now time.Time) (Idea, error) { return i.change(EventWithdrawn, now) }

// Release lets an idea that was held go its way, as if it were given now.
func (i Idea) Release(now time.Time, timing Timing) Idea {
	version := i.Version
	i.Held = HeldNot
	given := i.CreatedAt
	i = NewIdea(i, now, timing)
	i.CreatedAt, i.Version = given, version+1
	return i
}

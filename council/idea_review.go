package council

import (
	"slices"
	"strconv"
	"time"
)

// How a review goes where nothing else is wished: so many scores are waited for, so
// many working days long. MostScores is how many may be waited for.
const (
	UsualQuorum    = 3
	ReviewRound    = 5
	MostScores     = 50
	trialWeeks     = 6
	trialHourOfDue = 16 * 60
)

// TellDecisionAfter is how long the people of an idea wait at most to hear that it was
// approved, while it is being said who prepares the trial and by when.
const TellDecisionAfter = 2 * time.Minute

// UsualReview is how the council reviews an idea where nothing else is wished, with so
// many members who may score it.
func UsualReview(scorers int, rubric []Criterion, now time.Time, calendar Calendar) Review {
	return Review{Until: targetAfter(now, ReviewRound, calendar), Quorum: min(UsualQuorum, max(1, scorers)), Rubric: rubric}
}

// TrialTarget is by when a trial that is approved now is suggested to be prepared: in
// six weeks, in the afternoon of a working day.
func TrialTarget(now time.Time, calendar Calendar) time.Time {
	return calendar.at(calendar.workdayOnOrAfter(calendar.Day(now).Add(trialWeeks*7)), trialHourOfDue).UTC()
}

// CheckReview refuses what no review can be: "quorum_size" with the most,
// "review_until_past", and what CheckRubric refuses.
func CheckReview(review Review, now time.Time) error {
	switch {
	case review.Quorum < 1 || review.Quorum > MostScores:
		return Refuse("quorum_size", "Most", strconv.Itoa(MostScores))
	case !review.Until.After(now):
		return Refuse("review_until_past")
	}
	return CheckRubric(review.Rubric)
}

// OpenReview shows the idea to the council, with the rubric by which it is scored, how
// many scores are waited for, and until when. Refusals beside those of every change:
// those of CheckReview.
func (i Idea) OpenReview(review Review, now time.Time) (Idea, error) {
	if err := CheckReview(review, now); err != nil {
		return i, err
	}
	i, err := i.change(EventReviewed, now)
	if err == nil {
		review.OpenedAt = now
		i.Review = review
	}
	return i, err
}

// ExtendReview lets the council score until a later date. Refusals: "no_review" where
// nothing is scored, "review_until_past".
func (i Idea) ExtendReview(until, now time.Time) (Idea, error) {
	switch {
	case i.State != IdeaUnderReview:
		return i, Refuse("no_review", "Reference", i.Reference().String())
	case !until.After(now):
		return i, Refuse("review_until_past")
	}
	i.Review.Until = until
	i.Version++
	return i, nil
}

// TakesScores refuses scores where none can be given: "score_own" for who gave an idea
// of the family, "no_review" before it is opened, "scored_decided" after the decision.
func (f IdeaFamily) TakesScores(memberID int64) error {
	reference := f.Root.Reference().String()
	for _, id := range f.Submitters() {
		if id == memberID {
			return Refuse("score_own", "Reference", reference)
		}
	}
	switch {
	case f.Root.Review.OpenedAt.IsZero() || f.Root.State == IdeaSubmitted || f.Root.State == IdeaWithdrawn:
		return Refuse("no_review", "Reference", reference)
	case !f.Root.State.Undecided():
		return Refuse("scored_decided", "Reference", reference)
	}
	return nil
}

// TakesScoresFor refuses scores that somebody records on behalf of a member of the
// council. hands are those by which the member's points were recorded so far, 0 for the
// member: whoever sees the sheet sees them, and only who recorded them may. Refusals
// beside those of TakesScores: "score_not_council" for who has no say in it,
// "scored_by_member", "scored_by_other".
func (f IdeaFamily) TakesScoresFor(member Actor, by int64, hands []int64) error {
	if may, right := May(member, ActionScoreIdea, Scope{}); !may || right == "on_behalf" || member.ID == by {
		return Refuse("score_not_council", "Reference", f.Root.Reference().String())
	}
	if err := f.TakesScores(member.ID); err != nil {
		return err
	}
	for _, hand := range hands {
		switch hand {
		case by:
		case 0:
			return Refuse("scored_by_member", "Reference", f.Root.Reference().String())
		default:
			return Refuse("scored_by_other", "Reference", f.Root.Reference().String())
		}
	}
	return nil
}

// ShowsAverage tells whether the average may be seen: never while others still score
// without having been shown it.
func (i Idea) ShowsAverage() bool {
	switch i.State {
	case IdeaSubmitted, IdeaUnderReview, IdeaWithdrawn:
		return false
	case IdeaNeedsDetail:
		return i.Resumes == IdeaDeliberated
	}
	return true
}

// Told records that everybody was told of the decision.
func (i Idea) Told(now time.Time) Idea {
	i.Decision.ToldAt = now
	return i
}

// Heard is the decision if everybody was told of it, and none otherwise.
func (d IdeaDecision) Heard() IdeaDecision {
	if d.ToldAt.IsZero() {
		return IdeaDecision{}
	}
	return d
}

// planReview plans the end of a round of scoring, the one time that those are asked
// who have not scored, and that nobody waits for long to hear of an approval.
func planReview(idea Idea, now time.Time, timing Timing) []Reminder {
	var planned []Reminder
	add := func(step Step, audience Audience, anchor, due time.Time) {
		planned = append(planned, Reminder{Subject: idea.Reference(), Step: step, Audience: audience, Anchor: anchor, Due: due})
	}
	if anchor, waits := idea.reviewAnchor(StepReviewEnd); waits {
		add(StepReviewEnd, ToBot, anchor, anchor)
	}
	if anchor, waits := idea.reviewAnchor(StepScoreAsk); waits {
		if due := timing.scoreMoment(anchor); due.After(now) {
			add(StepScoreAsk, ToScorer, anchor, due)
		}
	}
	if anchor, waits := idea.reviewAnchor(StepTellDecision); waits {
		add(StepTellDecision, ToBot, anchor, anchor.Add(TellDecisionAfter))
	}
	return planned
}

func (i Idea) reviewAnchor(step Step) (anchor time.Time, waits bool) {
	switch step {
	case StepReviewEnd, StepScoreAsk:
		return i.Review.Until, i.State == IdeaUnderReview
	case StepTellDecision:
		return i.Decision.At, i.State == IdeaApproved && i.Decision.ToldAt.IsZero()
	}
	return time.Time{}, false
}

// scoreMoment is when those are asked who have not scored: in the morning of the
// working day before the date.
func (t Timing) scoreMoment(until time.Time) time.Time {
	return t.onWorkday(t.Calendar.addWorkdays(t.Calendar.Day(until), -1), -1)
}

// reviewStays tells whether a waiting reminder stays when the idea is planned anew:
// what has begun to be said, or waits for the end of a quiet time.
func (i Idea) reviewStays(reminder Reminder, now time.Time) bool {
	anchor, waits := i.reviewAnchor(reminder.Step)
	return waits && anchor.Equal(reminder.Anchor) && (reminder.Waited != "" || !reminder.Due.After(now))
}

// DecideReview decides about asking once more for the scores of an idea, as it stands
// now. Reasons to drop: "settled" (scored by enough, decided, or the clock stands
// still), "target_moved", "past_target".
func DecideReview(reminder Reminder, idea Idea, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	anchor, waits := idea.reviewAnchor(reminder.Step)
	switch {
	case !waits:
		return drop("settled")
	case !anchor.Equal(reminder.Anchor):
		return drop("target_moved")
	case !anchor.After(now):
		return drop("past_target")
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{At: anchor}, now, timing.Calendar)
}

// longBreak is how many days off in a row are pointed out.
const longBreak = 4

// LongestBreak finds the longest row of days off between two moments that holds a
// holiday, with the names of its first and its last holiday; no names where none is
// as long as four days. Weekends at its edges belong to it; days of joint leave give it
// no name where a holiday does.
func LongestBreak(calendar Calendar, from, to time.Time) (first, last Day, names []string) {
	longest := longBreak - 1
	end := calendar.Day(to)
	for day := calendar.Day(from).Add(1); day.Before(end); day = day.Add(1) {
		if calendar.isWorkday(day) {
			continue
		}
		begin := day
		for day.Before(end) && !calendar.isWorkday(day.Add(1)) {
			day = day.Add(1)
		}
		holidays := calendar.HolidaysBetween(begin.At(12, 0, calendar.zone()), day.At(12, 0, calendar.zone()))
		if length := day.Sub(begin) + 1; length > longest && len(holidays) > 0 {
			longest, first, last = length, begin, day
			names = edgesOf(holidays)
		}
	}
	return first, last, names
}

// edgesOf names the first and the last of some days off.
func edgesOf(off []Holiday) []string {
	named := slices.DeleteFunc(slices.Clone(off), func(day Holiday) bool { return day.JointLeave })
	if len(named) == 0 {
		named = off
	}
	first, last := named[0].Name, named[len(named)-1].Name
	if first == last {
		return []string{first}
	}
	return []string{first, last}
}

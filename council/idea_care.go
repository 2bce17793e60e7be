package council

import (
	"slices"
	"time"
)

// When the people of an idea are asked again whether it helps, in days after its
// trial began, and in how many working days after that the coordinators are asked
// what becomes of it.
const (
	TrialAskDays       = 28
	trialDecideWorkday = 5
)

// IdeaCareSteps are those that keep an idea's targets and follow its trial.
var IdeaCareSteps = []Step{StepIdeaNew, StepIdeaHeld, StepReviewSoon, StepReviewDay, StepReviewLate,
	StepDecideSoon, StepDecideDay, StepDecideLate, StepTrialAsk, StepTrialDecide}

// planCare plans what keeps an idea's targets and follows its trial. While the
// submitter is asked nothing is planned, and what has passed is skipped but for
// being late, which is told once for each target however often that moves, and for being
// held, whose clock may have become shorter.
func planCare(idea Idea, now time.Time, timing Timing) []Reminder {
	var planned []Reminder
	for _, step := range IdeaCareSteps {
		anchor, waits := idea.careAnchor(step)
		if !waits {
			continue
		}
		due := timing.ideaMoment(step, idea)
		kept := step == StepReviewLate || step == StepDecideLate || step == StepIdeaHeld
		if kept && !due.After(now) {
			due = timing.morningFrom(now.Add(time.Nanosecond))
		}
		if !due.After(now) {
			continue
		}
		for _, audience := range careAudiences(step) {
			planned = append(planned, Reminder{Subject: idea.Reference(), Step: step, Audience: audience, Anchor: anchor, Due: due})
		}
	}
	return planned
}

// careAudiences are those who hear of a step: past a target the position above and,
// by the bot itself, who gave the idea.
func careAudiences(step Step) []Audience {
	switch step {
	case StepReviewLate, StepDecideLate:
		return []Audience{ToLeader, ToBot}
	case StepTrialAsk:
		return []Audience{ToBot}
	}
	return []Audience{ToCoordinator}
}

// careAnchor is what a step of the idea hangs on as the idea stands; false when
// nothing is to be said. Being late hangs on when the idea was given, which never
// moves: so it is taken up once for each target.
func (i Idea) careAnchor(step Step) (anchor time.Time, waits bool) {
	undecided := i.Held == HeldNot && i.State.Undecided() && i.State != IdeaNeedsDetail
	switch step {
	case StepIdeaNew:
		return i.CreatedAt, i.Held == HeldNot && i.State == IdeaSubmitted
	case StepIdeaHeld:
		return i.CreatedAt, i.Held != HeldNot && i.State == IdeaSubmitted
	case StepReviewSoon, StepReviewDay:
		return i.ReviewBy, undecided && i.State == IdeaSubmitted
	case StepReviewLate:
		return i.CreatedAt, undecided && i.State == IdeaSubmitted
	case StepDecideSoon, StepDecideDay:
		return i.DecideBy, undecided
	case StepDecideLate:
		return i.CreatedAt, undecided
	case StepTrialAsk, StepTrialDecide:
		return i.TrialAt, i.State == IdeaTrial
	}
	return time.Time{}, false
}

// careTarget is the target that a step keeps; zero for the others.
func (i Idea) careTarget(step Step) time.Time {
	switch step {
	case StepReviewSoon, StepReviewDay, StepReviewLate:
		return i.ReviewBy
	case StepDecideSoon, StepDecideDay, StepDecideLate:
		return i.DecideBy
	}
	return time.Time{}
}

// ideaMoment is when a step of an idea is said.
func (t Timing) ideaMoment(step Step, idea Idea) time.Time {
	switch step {
	case StepIdeaNew:
		return t.morningFrom(idea.CreatedAt.Add(time.Nanosecond))
	case StepIdeaHeld:
		return t.onWorkday(t.Calendar.addWorkdays(t.Calendar.Day(idea.CreatedAt), t.clocks().Receipt), 1)
	case StepTrialAsk:
		return t.onWorkday(t.Calendar.workdayOnOrAfter(t.Calendar.Day(idea.TrialAt).Add(TrialAskDays)), 1)
	case StepTrialDecide:
		return t.onWorkday(t.Calendar.addWorkdays(t.Calendar.Day(idea.TrialAt).Add(TrialAskDays), trialDecideWorkday), 1)
	}
	return t.answerMoment(step, idea.careTarget(step))
}

// careStays tells whether a waiting reminder stays when the idea is planned anew:
// what has begun and waits, as for the end of a quiet time or of a leave, is decided
// on when it is said.
func (i Idea) careStays(reminder Reminder, now time.Time) bool {
	anchor, waits := i.careAnchor(reminder.Step)
	return waits && anchor.Equal(reminder.Anchor) && (reminder.Waited != "" || !reminder.Due.After(now))
}

// DecideIdeaCare decides about a reminder that keeps an idea's targets or follows
// its trial, as the idea stands now. Reasons to drop: "settled" (seen, decided,
// merged, or the submitter is asked), "target_moved", "past_target", and
// "superseded" for what a later step has met.
func DecideIdeaCare(reminder Reminder, idea Idea, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	anchor, waits := idea.careAnchor(reminder.Step)
	target := idea.careTarget(reminder.Step)
	soon := reminder.Step == StepReviewSoon || reminder.Step == StepDecideSoon
	late := reminder.Step == StepReviewLate || reminder.Step == StepDecideLate
	switch {
	case !waits:
		return drop("settled")
	case !reminder.Anchor.Equal(anchor):
		return drop("target_moved")
	case !target.IsZero() && !late && now.After(target):
		return drop("past_target")
	case late && !now.After(target): // as where the clock was set back
		return Decision{Verdict: Wait, Reason: "not_due", Until: timing.ideaMoment(reminder.Step, idea)}
	case soon && !timing.answerMoment(StepAnswerDay, target).After(now):
		return drop("superseded")
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{At: target}, now, timing.Calendar)
}

// EscalateIdea lists whom an idea past its target is taken to, each once: the
// regional secretary, and the leaders who hold no position where there is none;
// the coordinators where there is nobody of them either. Who gave the idea is not
// among them.
func EscalateIdea(family IdeaFamily, positions []Acting, leaders, coordinators []int64) []int64 {
	var secretary []int64
	for _, position := range positions {
		if position.Kind == PositionSecretary {
			secretary = append(secretary, position.Members()...)
		}
	}
	for _, above := range [][]int64{secretary, leaders, coordinators} {
		above = slices.DeleteFunc(slices.Clone(above), func(id int64) bool { return slices.Contains(family.Submitters(), id) })
		if len(above) > 0 {
			return distinct(above)
		}
	}
	return nil
}

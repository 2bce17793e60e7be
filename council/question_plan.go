package council

import (
	"slices"
	"time"
)

// answerSoonWorkdays is how many working days before a question's target whoever
// is to answer is reminded (product.md, "Reminders").
const answerSoonWorkdays = 2

// answerMoment is when a step of a question is said: in the morning two working
// days before the target, in the morning of the target's day, and in the next
// working morning after it.
func (t Timing) answerMoment(step Step, target time.Time) time.Time {
	day := t.Calendar.Day(target)
	switch step {
	case StepAnswerSoon:
		return t.onWorkday(t.Calendar.addWorkdays(day, -answerSoonWorkdays), -1)
	case StepAnswerDay:
		return t.onOrBefore(day)
	}
	return t.onWorkday(t.Calendar.addWorkdays(day, 1), 1)
}

// PlanQuestion plans what is said while a question waits for its answer: whoever
// is to answer is reminded, and past the target the position above and the asker
// are told. While the clock stands still nothing is planned, and a moment that has
// passed is skipped.
func PlanQuestion(question Question, now time.Time, timing Timing) []Reminder {
	if question.State != QuestionSent && question.State != QuestionWaiting {
		return nil
	}
	var planned []Reminder
	plan := func(step Step, audience Audience) {
		due := timing.answerMoment(step, question.Target)
		if due.After(now) {
			planned = append(planned, Reminder{Subject: question.Reference(), Step: step, Audience: audience, Anchor: question.Target, Due: due})
		}
	}
	plan(StepAnswerSoon, ToResponsible)
	plan(StepAnswerDay, ToResponsible)
	plan(StepAnswerLate, ToLeader)
	plan(StepAnswerLate, ToBot)
	return planned
}

// DecideQuestion decides about a reminder of a question as it stands now. Reasons
// to drop: "answered" (or closed), "clarifying", "target_moved", "past_target" and
// "superseded" for what a later step has met, as after an outage.
func DecideQuestion(reminder Reminder, question Question, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	switch {
	case !question.Open():
		return drop("answered")
	case question.State == QuestionClarifying:
		return drop("clarifying")
	case !reminder.Anchor.Equal(question.Target):
		return drop("target_moved")
	case reminder.Step != StepAnswerLate && now.After(question.Target):
		return drop("past_target")
	case reminder.Step == StepAnswerSoon && !timing.answerMoment(StepAnswerDay, question.Target).After(now):
		return drop("superseded")
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	return unlessQuiet(Deadline{At: question.Target}, now, timing.Calendar)
}

// Responsible lists who is to answer: the member to whom a question is put, those
// in the position, or those in charge of the group; nobody where a group has no
// one in charge.
func (q Question) Responsible(positions []Acting) []int64 {
	if q.To.MemberID != 0 {
		return []int64{q.To.MemberID}
	}
	var members []int64
	for _, position := range positions {
		asked := position.ID == q.To.PositionID && q.To.PositionID != 0
		inCharge := position.Kind == PositionInCharge && q.To.GroupID != 0 && position.GroupID == q.To.GroupID
		if asked || inCharge {
			members = append(members, position.Members()...)
		}
	}
	return distinct(members)
}

// EscalateQuestion lists whom a question past its target is taken to: those in the
// positions above the ones that are to answer it, the head of the office of a
// group before the regional secretary. Nobody where there is no one above.
func EscalateQuestion(question Question, positions []Acting, leaders []int64) []int64 {
	responsible := question.Responsible(positions)
	from := 0 // the rank of who was asked: those above are taken to
	group := question.To.GroupID
	for _, position := range positions {
		if position.ID == question.To.PositionID && question.To.PositionID != 0 {
			from, group = rank(position.Kind), position.GroupID
		}
	}
	for level := from + 1; level < len(PositionKinds); level++ {
		var above []int64
		for _, position := range positions {
			if rank(position.Kind) == level && position.AnswersFor(group) {
				above = append(above, position.Members()...)
			}
		}
		above = slices.DeleteFunc(above, func(id int64) bool { return slices.Contains(responsible, id) })
		if len(above) > 0 {
			return distinct(above)
		}
	}
	return distinct(slices.Clone(leaders))
}

func distinct(members []int64) []int64 {
	slices.Sort(members)
	return slices.Compact(members)
}

package council

import (
	"slices"
	"time"
)

// answerSoonWorkdays is how many working days before a question's target whoever
// is to answer is reminded (product.md, "Reminders").
const answerSoonWorkdays = 2

// answerMoment is when a step of a question is said, and that of an idea's target:
// in the morning two working
// days before the target, in the morning of the target's day, in the next working
// morning after it, and in the working morning before the day until which more
// time was asked.
func (t Timing) answerMoment(step Step, anchor time.Time) time.Time {
	day := t.Calendar.Day(anchor)
	switch step {
	case StepAnswerSoon, StepReviewSoon, StepDecideSoon:
		return t.onWorkday(t.Calendar.addWorkdays(day, -answerSoonWorkdays), -1)
	case StepAnswerDay, StepReviewDay, StepDecideDay:
		return t.onOrBefore(day)
	case StepAnswerNeeds:
		return t.onWorkday(t.Calendar.addWorkdays(day, -1), -1)
	}
	return t.onWorkday(t.Calendar.addWorkdays(day, 1), 1)
}

// PlanQuestion plans what is said while a question waits for its answer: whoever
// is to answer is reminded, and past the target the position above and the asker
// are told, once in each round. Who has asked for more time is reminded before that
// has passed, and not earlier. While the clock stands still nothing is planned, and
// a reminder whose moment has passed is skipped.
func PlanQuestion(question Question, now time.Time, timing Timing) []Reminder {
	if !question.waits() {
		return nil
	}
	var planned []Reminder
	plan := func(step Step, audience Audience, anchor time.Time) {
		due := timing.answerMoment(step, anchor)
		if due.After(now) {
			planned = append(planned, Reminder{Subject: question.Reference(), Step: step, Audience: audience, Anchor: anchor, Due: due})
		}
	}
	for _, step := range []Step{StepAnswerSoon, StepAnswerDay} {
		if !question.given(timing.answerMoment(step, question.Target)) {
			plan(step, ToResponsible, question.Target)
		}
	}
	if !question.NeedsUntil.IsZero() {
		plan(StepAnswerNeeds, ToResponsible, question.NeedsUntil)
	}
	if question.Escalated {
		return planned
	}
	late := timing.lateMoment(question, now)
	for _, audience := range []Audience{ToLeader, ToBot} {
		planned = append(planned, Reminder{Subject: question.Reference(), Step: StepAnswerLate, Audience: audience, Anchor: question.Target, Due: late})
	}
	return planned
}

// lateMoment is when a question that is not answered is taken to the position
// above. Where that morning went by while the asker explained, or before an answer
// was taken back, it is the next one.
func (t Timing) lateMoment(question Question, now time.Time) time.Time {
	due := t.answerMoment(StepAnswerLate, question.Target)
	if due.After(now) {
		return due
	}
	return t.morningFrom(now.Add(time.Nanosecond))
}

// given tells whether a moment lies in the time that was asked for.
func (q Question) given(moment time.Time) bool { return moment.Before(q.NeedsUntil) }

// Unmanned is the reminder that tells the coordinators that nobody is in charge of
// a question, or can be reached: once in each round for each to whom it is put.
func (q Question) Unmanned(now time.Time) Reminder {
	return Reminder{Subject: q.Reference(), Step: StepUnmanned, Audience: ToCoordinator, GroupID: q.To.GroupID, Anchor: q.roundBegan(), Due: now}
}

// StaysFor tells whether a waiting reminder of a question stays when the question
// is planned anew after a change: what has begun and waits, as for the end of a
// leave, is decided on when it is said.
func (t Timing) StaysFor(question Question, reminder Reminder, now time.Time) bool {
	if !question.waits() {
		return false
	}
	return reminder.Step == StepUnmanned || reminder.Anchor.Equal(question.anchorOf(reminder.Step)) && t.Begun(reminder, now)
}

// anchorOf is what a step of the question hangs on as the question stands.
func (q Question) anchorOf(step Step) time.Time {
	switch step {
	case StepAnswerNeeds:
		return q.NeedsUntil
	case StepUnmanned:
		return q.roundBegan()
	}
	return q.Target
}

// DecideQuestion decides about a reminder of a question as it stands now. Reasons
// to drop: "answered" (or closed), "clarifying", "target_moved", "forwarded" (to
// somebody who may be in charge), "needs_time" (those who are to answer have said
// until when), "past_target" and "superseded" for what a later step has met, as
// after an outage.
func DecideQuestion(reminder Reminder, question Question, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	ofTarget := reminder.Step == StepAnswerSoon || reminder.Step == StepAnswerDay
	switch {
	case !question.Open():
		return drop("answered")
	case question.State == QuestionClarifying:
		return drop("clarifying")
	case !reminder.Anchor.Equal(question.anchorOf(reminder.Step)):
		return drop("target_moved")
	case reminder.Step == StepUnmanned && reminder.GroupID != question.To.GroupID:
		return drop("forwarded")
	case ofTarget && question.given(now):
		return drop("needs_time")
	case (ofTarget || reminder.Step == StepUnmanned) && now.After(question.Target), reminder.Step == StepAnswerNeeds && now.After(question.NeedsUntil):
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
// group before the regional secretary; where there is no one above, the leaders
// who hold no position, and where there are none, the coordinators. Neither those
// who are to answer nor the asker are among them.
func EscalateQuestion(question Question, positions []Acting, leaders, coordinators []int64) []int64 {
	asked := append(question.Responsible(positions), question.AskerID)
	others := func(members []int64) []int64 {
		return distinct(slices.DeleteFunc(slices.Clone(members), func(id int64) bool { return slices.Contains(asked, id) }))
	}
	from, group := question.askedAt(positions)
	for level := from + 1; level < len(PositionKinds); level++ {
		var above []int64
		for _, position := range positions {
			if rank(position.Kind) == level && position.AnswersFor(group) {
				above = append(above, position.Members()...)
			}
		}
		if above = others(above); len(above) > 0 {
			return above
		}
	}
	if leaders = others(leaders); len(leaders) > 0 {
		return leaders
	}
	return others(coordinators)
}

// askedAt is the rank of who was asked, and the group in which that counts.
func (q Question) askedAt(positions []Acting) (level int, group int64) {
	for _, position := range positions {
		if position.ID == q.To.PositionID && q.To.PositionID != 0 {
			return rank(position.Kind), position.GroupID
		}
	}
	if position, _, found := HighestOffice(positions, q.To.MemberID); found && q.To.MemberID != 0 {
		return rank(position.Kind), position.GroupID
	}
	return 0, q.To.GroupID
}

func distinct(members []int64) []int64 {
	slices.Sort(members)
	return slices.Compact(members)
}

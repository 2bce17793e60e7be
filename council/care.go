package council

import (
	"slices"
	"time"
)

// Stamp notes what a change means for the assignees' times: whoever was added
// is given the task now, and whose part has changed, or who acts, is heard of
// now. A wish to be reminded later ends when the part changes, and when it would
// lie behind a new deadline. It takes the task as it was before; memberID is who acts.
func (t Task) Stamp(before Task, memberID int64, now time.Time) Task {
	assignees := make([]Assignee, len(t.Assignees))
	for i, assignee := range t.Assignees {
		earlier, known := before.assigneeLike(assignee)
		begins := !known || earlier.Acknowledged && !assignee.Acknowledged || earlier.State != TaskNew && assignee.State == TaskNew
		if assignee.AssignedAt.IsZero() {
			assignee.AssignedAt = earlier.AssignedAt // named again among others, and has nothing to begin anew
		}
		switch {
		case begins:
			assignee.AssignedAt, assignee.ActiveAt = now, time.Time{}
		case assignee.State != earlier.State || assignee.MemberID == memberID && memberID != Everyone:
			assignee.ActiveAt = now
		}
		tooLate := !t.Deadline.At.Equal(before.Deadline.At) && !t.Deadline.IsZero() && !assignee.SnoozedUntil.Before(t.Deadline.At)
		if known && assignee.State != earlier.State || tooLate {
			assignee.SnoozedUntil = time.Time{}
		}
		if assignee.Acknowledged && assignee.ActiveAt.IsZero() {
			assignee.ActiveAt = now
		}
		assignees[i] = assignee
	}
	t.Assignees = assignees
	return t
}

func (t Task) assigneeLike(other Assignee) (Assignee, bool) {
	for _, assignee := range t.Assignees {
		if assignee.MemberID == other.MemberID && assignee.GroupID == other.GroupID {
			return assignee, true
		}
	}
	return Assignee{}, false
}

// Snooze puts off what a member is told about the task until a moment.
// Refusals: "not_assignee", "already_submitted", "task_done", "task_cancelled".
func (t Task) Snooze(memberID int64, until time.Time) (Task, error) {
	own, found := t.Assignee(memberID)
	switch {
	case t.State.Ended():
		return t, t.refuse(refusalCode(t.State, EventSnoozed), t.State)
	case !found:
		return t, t.refuse("not_assignee", t.State)
	case own.State == TaskSubmitted:
		return t, t.refuse("already_submitted", own.State)
	}
	assignees := make([]Assignee, len(t.Assignees))
	for i, assignee := range t.Assignees {
		if assignee.MemberID == memberID {
			assignee.SnoozedUntil = until
		}
		assignees[i] = assignee
	}
	t.Assignees = assignees
	t.Version++
	return t, nil
}

// SnoozeUntil is until when a reminder may be put off by a wish for a day: the
// morning of that day, or of the working day after it. Where the deadline would
// be past by then, it is the morning of the deadline's own day; false when that
// has passed as well.
func SnoozeUntil(day Day, deadline Deadline, now time.Time, timing Timing) (until time.Time, shortened, possible bool) {
	until = timing.onWorkday(timing.Calendar.workdayOnOrAfter(day), 1)
	if deadline.IsZero() || !deadline.At.After(now) || until.Before(deadline.At) {
		return until, false, until.After(now)
	}
	until, _ = timing.Moment(StepDay, deadline)
	return until, true, until.After(now) && until.Before(deadline.At)
}

// CareSteps are the steps that hang on what is heard of the assignees.
var CareSteps = []Step{StepUnacknowledged, StepSilent, StepSnoozed}

// PlanCare plans what is asked when nobody has promised a task or nothing is
// heard of it, and what a member asked to be reminded of again.
func PlanCare(task Task, now time.Time, timing Timing) []Reminder {
	var planned []Reminder
	if task.rests() {
		return nil
	}
	for _, given := range task.unpromised() {
		planned = append(planned, Reminder{Subject: task.Reference(), Step: StepUnacknowledged, Audience: ToCoordinator,
			Anchor: given, Due: timing.promiseMissed(given)})
	}
	for _, assignee := range task.Assignees {
		own := Reminder{Subject: task.Reference(), Audience: ToAssignee, MemberID: assignee.MemberID}
		if assignee.MemberID != 0 && assignee.SnoozedUntil.After(now) && assignee.State != TaskSubmitted {
			own.Step, own.Anchor, own.Due = StepSnoozed, assignee.SnoozedUntil, assignee.SnoozedUntil
			planned = append(planned, own)
		}
		if assignee.MemberID != 0 && assignee.promised() {
			own.Step, own.Anchor, own.Due = StepSilent, assignee.ActiveAt, timing.silent(assignee.ActiveAt)
			planned = append(planned, own)
		}
	}
	return planned
}

// Stays tells whether a waiting reminder of a task stays when the task is planned
// anew after a change: what has begun and waits, as for the end of a quiet time,
// is decided on when it is said, and an overdue step follows on the one that was
// said before, even where the clock was set back since. What hangs on a deadline
// that is another now goes.
func (t Timing) Stays(reminder Reminder, task Task, now time.Time) bool {
	care, begun := slices.Contains(CareSteps, reminder.Step), t.Begun(reminder, now)
	days, _ := reminder.Step.Days()
	return !task.rests() && (care && begun || reminder.Anchor.Equal(task.Deadline.At) && (begun || days > 0))
}

// promised tells whether an assignee is at work by his or her own word.
func (a Assignee) promised() bool {
	return !a.ActiveAt.IsZero() && (a.State == TaskInProgress || a.State == TaskNew && a.Acknowledged)
}

// owes tells whether a member was given the task and has not said anything.
func (a Assignee) owes() bool { return a.MemberID != 0 && !a.Acknowledged && a.State == TaskNew }

// given is when an assignee was given the task.
func (t Task) given(assignee Assignee) time.Time {
	if assignee.AssignedAt.IsZero() {
		return t.CreatedAt
	}
	return assignee.AssignedAt
}

// unpromised lists when the task was given to those who have not said anything,
// each moment once: who was added later is waited for by himself or herself.
func (t Task) unpromised() []time.Time {
	var moments []time.Time
	for _, assignee := range t.Assignees {
		if given := t.given(assignee); assignee.owes() && !slices.ContainsFunc(moments, given.Equal) {
			moments = append(moments, given)
		}
	}
	return moments
}

// Unpromised lists the members who were given the task and have not said
// anything for as long as the city gives them.
func (t Task) Unpromised(now time.Time, timing Timing) []int64 {
	var members []int64
	for _, assignee := range t.Assignees {
		if assignee.owes() && !timing.promiseMissed(t.given(assignee)).After(now) {
			members = append(members, assignee.MemberID)
		}
	}
	return members
}

// promiseMissed is the first morning on which the working days for acknowledging
// have wholly gone by since a task was given.
func (t Timing) promiseMissed(given time.Time) time.Time {
	return t.morningFrom(t.Calendar.AddWorkdays(given, t.clocks().Promise))
}

// silent is the first morning on which so many days have gone by without a word.
func (t Timing) silent(since time.Time) time.Time {
	return t.morningFrom(t.Calendar.Day(since).Add(t.clocks().Silent).At(0, 0, t.Calendar.zone()))
}

// morningFrom is the first morning of a working day that is not before a moment.
func (t Timing) morningFrom(moment time.Time) time.Time {
	day := t.Calendar.workdayOnOrAfter(t.Calendar.Day(moment))
	morning := t.onWorkday(day, 1)
	for morning.Before(moment) {
		day = t.Calendar.addWorkdays(day, 1)
		morning = t.onWorkday(day, 1)
	}
	return morning
}

// snoozing tells whether an assignee wishes to be reminded on a later day only: the
// whole morning of that day is theirs again, whichever hour it has.
func (t Timing) snoozing(assignee Assignee, now time.Time) bool {
	return t.Calendar.Day(now).Before(t.Calendar.Day(assignee.SnoozedUntil))
}

// decideCare decides about what is asked when nothing is heard. Reasons to
// drop: "promised", "heard_of", "blocked" (a coordinator knows), "overdue" (the
// steps after the deadline ask by themselves), "snoozed_again".
func decideCare(reminder Reminder, task Task, now time.Time, timing Timing) Decision {
	overdue := !task.Deadline.IsZero() && task.Deadline.At.Before(now)
	own, _ := task.Assignee(reminder.MemberID)
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	switch {
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	case reminder.Step == StepSnoozed && own.SnoozedUntil.Equal(reminder.Anchor):
	case reminder.Step == StepSnoozed && own.SnoozedUntil.After(now):
		return drop("snoozed_again")
	case reminder.Step == StepSnoozed:
		return drop("heard_of")
	case overdue:
		return drop("overdue")
	case reminder.Step == StepUnacknowledged && !slices.ContainsFunc(task.unpromised(), reminder.Anchor.Equal):
		return drop("promised")
	case reminder.Step == StepUnacknowledged:
	case own.State == TaskBlocked:
		return drop("blocked")
	case !own.promised() || !own.ActiveAt.Equal(reminder.Anchor):
		return drop("heard_of")
	case timing.snoozing(own, now):
		return drop("snoozed")
	}
	return unlessQuiet(task.Deadline, now, timing.Calendar)
}

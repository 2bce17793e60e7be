package council

import (
	"slices"
	"time"
)

// When somebody is asked about work of which nothing is heard (product.md, "Reminders").
const (
	promiseWorkdays = 2 // nobody has acknowledged it: a coordinator is told
	silentDays      = 7 // acknowledged, and nothing since: the assignee is asked
)

// Stamp notes what a change means for the assignees' times: whoever was added
// is given the task now, and whose part has changed, or who acts, is heard of
// now. It takes the task as it was before; memberID is who acts.
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
			assignee.AssignedAt, assignee.ActiveAt, assignee.SnoozedUntil = now, time.Time{}, time.Time{}
		case assignee.State != earlier.State || assignee.MemberID == memberID && memberID != Everyone:
			assignee.ActiveAt = now
		}
		if known && assignee.State != earlier.State {
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
	if task.State.Ended() {
		return nil
	}
	if since := task.unpromisedSince(); !since.IsZero() {
		planned = append(planned, Reminder{Subject: task.Reference(), Step: StepUnacknowledged, Audience: ToCoordinator,
			Anchor: since, Due: timing.promiseMissed(since)})
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
// anew: what has begun and waits, as for the end of a quiet time, is decided on
// when it is said. What hangs on a deadline that is another now goes.
func (t Timing) Stays(reminder Reminder, task Task, now time.Time) bool {
	if task.State.Ended() || !t.Begun(reminder, now) {
		return false
	}
	return slices.Contains(CareSteps, reminder.Step) || reminder.Anchor.Equal(task.Deadline.At)
}

// promised tells whether an assignee is at work by his or her own word.
func (a Assignee) promised() bool {
	return !a.ActiveAt.IsZero() && (a.State == TaskInProgress || a.State == TaskNew && a.Acknowledged)
}

// unpromisedSince is since when the earliest of the member assignees has not
// said anything; zero when all have, or there are none.
func (t Task) unpromisedSince() time.Time {
	var since time.Time
	for _, assignee := range t.Assignees {
		if assignee.MemberID == 0 || assignee.Acknowledged || assignee.State != TaskNew {
			continue
		}
		given := assignee.AssignedAt
		if given.IsZero() {
			given = t.CreatedAt
		}
		if since.IsZero() || given.Before(since) {
			since = given
		}
	}
	return since
}

// Unpromised lists the members who were given the task and have not said
// anything for two working days.
func (t Task) Unpromised(now time.Time, timing Timing) []int64 {
	var members []int64
	for _, assignee := range t.Assignees {
		given := assignee.AssignedAt
		if given.IsZero() {
			given = t.CreatedAt
		}
		if assignee.MemberID != 0 && !assignee.Acknowledged && assignee.State == TaskNew && !timing.promiseMissed(given).After(now) {
			members = append(members, assignee.MemberID)
		}
	}
	return members
}

// promiseMissed is the first morning on which two whole working days have gone
// by since a task was given.
func (t Timing) promiseMissed(given time.Time) time.Time {
	return t.morningFrom(t.Calendar.AddWorkdays(given, promiseWorkdays))
}

// silent is the first morning on which seven days have gone by without a word.
func (t Timing) silent(since time.Time) time.Time {
	return t.morningFrom(t.Calendar.Day(since).Add(silentDays).At(0, 0, t.Calendar.zone()))
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
	case reminder.Step == StepSnoozed && own.SnoozedUntil.After(now):
		return drop("snoozed_again")
	case reminder.Step == StepSnoozed && !own.SnoozedUntil.Equal(reminder.Anchor):
		return drop("heard_of")
	case reminder.Step == StepSnoozed:
	case overdue:
		return drop("overdue")
	case reminder.Step == StepUnacknowledged && len(task.Unpromised(now, timing)) == 0:
		return drop("promised")
	case reminder.Step == StepUnacknowledged:
	case own.State == TaskBlocked:
		return drop("blocked")
	case !own.promised() || own.ActiveAt.After(reminder.Anchor):
		return drop("heard_of")
	case own.SnoozedUntil.After(now):
		return drop("snoozed")
	}
	return unlessQuiet(task.Deadline, now, timing.Calendar)
}

package council

import (
	"slices"
	"time"
)

// leaderFrom is the day from which a leader is told of an overdue task.
const leaderFrom = 3

// nextRung is the overdue day that follows another: 1, 3, 7, then weekly.
func nextRung(days int) int {
	switch {
	case days < 1:
		return 1
	case days < 3:
		return 3
	case days < 7:
		return 7
	}
	return days + 7
}

// rungBefore is the overdue day that another one follows.
func rungBefore(days int) int {
	before := 0
	for nextRung(before) < days {
		before = nextRung(before)
	}
	return before
}

// Replan lists what is to be said about a task when the calendar has changed.
// Beside what PlanTask lists that is the overdue step that waits already, at its
// new moment; a step "soon" hangs on no calendar and is not added to the day's own.
func Replan(task Task, waiting []Reminder, now time.Time, timing Timing) []Reminder {
	if task.Waiting() {
		return nil
	}
	planned := slices.DeleteFunc(PlanTask(task, now, timing), func(r Reminder) bool { return r.Step == StepSoon })
	for _, reminder := range waiting {
		days, _ := reminder.Step.Days()
		switch {
		case !reminder.Anchor.Equal(task.Deadline.At):
		case reminder.Step == StepSoon:
			planned = append(planned, reminder)
		case days > 0 && !timing.Begun(reminder, now):
			planned = append(planned, NextOverdue(task, OverdueStep(rungBefore(days)), now, timing)...)
		}
	}
	return planned
}

// NextOverdue lists the overdue step that follows another and is still to
// come; after "" it is the first one. It is asked for when an overdue step has
// been said; asking twice gives the same rows. Of steps that meet on one morning
// the latest stays. The leader is told from day 3: where an outage passed over
// that day, the leader alone is still told of the newest step that was missed,
// since assignees and coordinator have just heard.
func NextOverdue(task Task, after Step, now time.Time, timing Timing) []Reminder {
	if task.Deadline.IsZero() || task.rests() {
		return nil
	}
	said, _ := after.Days()
	said = max(said, 0)
	missed, rung := 0, nextRung(said)
	due := overdueMoment(task, rung, timing)
	for !due.After(now) {
		missed, rung = rung, nextRung(rung)
		due = overdueMoment(task, rung, timing)
	}
	for overdueMoment(task, nextRung(rung), timing).Equal(due) {
		rung = nextRung(rung)
	}
	reminders := overdueReminders(task, rung, due)
	if said > 0 && said < leaderFrom && missed >= leaderFrom {
		reminders = append(reminders, Reminder{Subject: task.Reference(), Step: OverdueStep(missed),
			Audience: ToLeader, Anchor: task.Deadline.At, Due: overdueMoment(task, missed, timing)})
	}
	return reminders
}

func overdueReminders(task Task, days int, due time.Time) []Reminder {
	base := Reminder{Subject: task.Reference(), Step: OverdueStep(days), Anchor: task.Deadline.At, Due: due}
	var reminders []Reminder
	for _, assignee := range task.Assignees {
		if assignee.MemberID != 0 {
			own := base
			own.Audience, own.MemberID = ToAssignee, assignee.MemberID
			reminders = append(reminders, own)
		}
	}
	coordinator, leader := base, base
	coordinator.Audience, leader.Audience = ToCoordinator, ToLeader
	reminders = append(reminders, coordinator)
	if days >= leaderFrom {
		reminders = append(reminders, leader)
	}
	return reminders
}

func overdueMoment(task Task, days int, timing Timing) time.Time {
	moment, _ := timing.Moment(OverdueStep(days), task.Deadline)
	return moment
}

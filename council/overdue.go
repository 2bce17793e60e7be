package council

import (
	"slices"
	"time"
)

// Replan lists what is to be said about a task when the calendar or a clock has changed.
// What is past by a shorter clock is asked on the next morning. Beside what PlanTask lists that is the overdue step that waits already, at its
// new moment; a step "soon" hangs on no calendar and is not added to the day's own.
func Replan(task Task, waiting []Reminder, now time.Time, timing Timing) []Reminder {
	if task.Waiting() {
		return nil
	}
	planned := slices.DeleteFunc(PlanTask(task, now, timing), func(r Reminder) bool { return r.Step == StepSoon })
	for i, reminder := range planned {
		if !reminder.Due.After(now) {
			planned[i].Due = timing.morningFrom(now.Add(time.Nanosecond))
		}
	}
	for _, reminder := range waiting {
		days, _ := reminder.Step.Days()
		switch {
		case !reminder.Anchor.Equal(task.Deadline.At):
		case reminder.Step == StepSoon:
			planned = append(planned, reminder)
		case days > 0 && !timing.Begun(reminder, now):
			planned = append(planned, NextOverdue(task, OverdueStep(timing.clocks().rungBefore(days)), now, timing)...)
		}
	}
	return planned
}

// NextOverdue lists the overdue step that follows another and is still to
// come; after "" it is the first one. It is asked for when an overdue step has
// been said; asking twice gives the same rows. Of steps that meet on one morning
// the latest stays. The leader is told from a day of the clocks on: where an outage
// passed over that day, the leader alone is still told of the newest step that was missed,
// since assignees and coordinator have just heard.
func NextOverdue(task Task, after Step, now time.Time, timing Timing) []Reminder {
	if task.Deadline.IsZero() || task.rests() {
		return nil
	}
	said, _ := after.Days()
	said = max(said, 0)
	clocks := timing.clocks()
	missed, rung := 0, clocks.nextRung(said)
	due := overdueMoment(task, rung, timing)
	for !due.After(now) {
		missed, rung = rung, clocks.nextRung(rung)
		due = overdueMoment(task, rung, timing)
	}
	for overdueMoment(task, clocks.nextRung(rung), timing).Equal(due) {
		rung = clocks.nextRung(rung)
	}
	reminders := overdueReminders(task, rung, due, clocks.LeaderFrom)
	if said > 0 && said < clocks.LeaderFrom && missed >= clocks.LeaderFrom {
		reminders = append(reminders, Reminder{Subject: task.Reference(), Step: OverdueStep(missed),
			Audience: ToLeader, Anchor: task.Deadline.At, Due: overdueMoment(task, missed, timing)})
	}
	return reminders
}

func overdueReminders(task Task, days int, due time.Time, leaderFrom int) []Reminder {
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

package council

import "time"

// Ladder is the days before a deadline on which something is said, farthest
// first; 0 is the day itself.
type Ladder []int

// The ladders of product.md, "Reminders".
var (
	TaskLadder       = Ladder{7, 3, 1, 0}
	EvaluationLadder = Ladder{30, 14, 7, 3, 1, 0} // working groups, secretariat, owners
	CouncilLadder    = Ladder{7, 1}
	LeaderLadder     = Ladder{3} // when the evaluation is not complete
	MissingLadder    = Ladder{7} // coordinators, when indicators are not complete
)

// morning is a step with the moment at which it is said.
type morning struct {
	step Step
	due  time.Time
}

// mornings are the steps of the ladder that lie after now and before the
// deadline, both decided after moving a step off a day off. Of steps that meet
// on one morning the one nearest to the deadline stays.
func (l Ladder) mornings(deadline Deadline, now time.Time, timing Timing) []morning {
	var ahead []morning
	for _, days := range l {
		step := StepBefore(days)
		due, _ := timing.Moment(step, deadline)
		if !due.After(now) || !due.Before(deadline.At) {
			continue
		}
		if last := len(ahead) - 1; last >= 0 && ahead[last].due.Equal(due) {
			ahead[last].step = step
			continue
		}
		ahead = append(ahead, morning{step, due})
	}
	return ahead
}

// PlanTask lists what is to be said about a task from now on: the steps before
// its deadline for each member assignee, the next overdue step for assignees,
// coordinators and leaders, and what is asked when nobody promises it or nothing
// is heard. It replaces what was planned before, and is asked again whenever
// the task changes. Nothing is planned after the end, and while it waits for another.
//
// On the deadline's day itself a step "soon" stands in the place of the ladder
// when the task is made on that day, or when its morning is past already.
func PlanTask(task Task, now time.Time, timing Timing) []Reminder {
	if task.rests() {
		return nil
	}
	planned := PlanCare(task, now, timing)
	if task.Deadline.IsZero() {
		return planned
	}
	for _, step := range taskMornings(task, now, timing) {
		for _, assignee := range task.Assignees {
			if assignee.MemberID != 0 {
				planned = append(planned, Reminder{Subject: task.Reference(), Step: step.step, Audience: ToAssignee,
					MemberID: assignee.MemberID, Anchor: task.Deadline.At, Due: step.due})
			}
		}
	}
	return append(planned, NextOverdue(task, "", now, timing)...)
}

func taskMornings(task Task, now time.Time, timing Timing) []morning {
	today, ahead := timing.Calendar.Day(now), timing.TaskLadder().mornings(task.Deadline, now, timing)
	if today != timing.Calendar.Day(task.Deadline.At) {
		return ahead
	}
	if len(ahead) > 0 && timing.Calendar.Day(task.CreatedAt) != today {
		return ahead
	}
	soon, exists := timing.Moment(StepSoon, task.Deadline)
	if !exists || !soon.After(now) {
		return nil
	}
	return []morning{{StepSoon, soon}}
}

// PlanEvaluation lists what is to be said about an open evaluation from now on,
// for each milestone by itself: to groups by their Timing.GroupLadder, once to all
// owners (the reminder names no member; whoever says it turns to each member
// with something open), to the leader, and to coordinators, who are told which
// indicators are missing. An internal deadline has no ladder.
// It replaces what was planned before.
func PlanEvaluation(evaluation Evaluation, groups []Group, now time.Time, timing Timing) []Reminder {
	if evaluation.State != EvaluationOpen {
		return nil
	}
	var planned []Reminder
	timing = timing.For(evaluation)
	for _, milestone := range evaluation.Milestones {
		if !milestone.hasLadder() {
			continue
		}
		plan := func(ladder Ladder, audience Audience, groupID int64) {
			for _, step := range ladder.mornings(milestone.Deadline, now, timing) {
				planned = append(planned, Reminder{Subject: evaluation.Reference(), MilestoneID: milestone.ID,
					Step: step.step, Audience: audience, GroupID: groupID, Anchor: milestone.Deadline.At, Due: step.due})
			}
		}
		for _, group := range groups {
			plan(timing.GroupLadder(group.Kind), ToGroup, group.ID)
		}
		plan(timing.OwnerLadder(), ToOwner, 0)
		plan(timing.LeaderLadder(), ToLeader, 0)
		plan(MissingLadder, ToCoordinator, 0)
	}
	return planned
}

func (m Milestone) hasLadder() bool {
	return m.Kind != MilestoneInternal && !m.Deadline.IsZero()
}

// InternalDeadline is the suggestion before an upload closes: the second day
// before its local date, moved to the working day before a day off, at 16.00.
func InternalDeadline(upload Deadline, calendar Calendar) Deadline {
	day := calendar.workdayOnOrBefore(calendar.Day(upload.At).Add(-2))
	return Deadline{At: calendar.at(day, 16*60).UTC(), Zone: calendar.zone().String()}
}

package council

import "time"

// WithinReach is how near a deadline must be for quiet times to yield to it.
const WithinReach = 24 * time.Hour

// DecideTask decides about a reminder of a task as the task stands now. Reasons
// to drop: "task_ended", "waiting_for" (it waits for another task), "task_submitted" (the assignee's own part, for others
// the whole), "not_assignee_any_more", "deadline_moved" (it hangs on another
// deadline), "deadline_passed" (a step before it), "superseded" (a later step of
// the ladder is due too, as after an outage), "snoozed" (the member is reminded
// again later), "lost_its_point", and those of decideCare. To wait: "not_due",
// "quiet_time". To say: "due".
//
// When an overdue step is said, NextOverdue gives the one that follows.
func DecideTask(reminder Reminder, task Task, now time.Time, timing Timing) Decision {
	if reason := taskSettled(reminder, task); reason != "" {
		return Decision{Verdict: Drop, Reason: reason}
	}
	switch reminder.Step {
	case StepUnacknowledged, StepSilent, StepSnoozed:
		return decideCare(reminder, task, now, timing)
	}
	if task.Deadline.IsZero() {
		return Decision{Verdict: Drop, Reason: "lost_its_point"}
	}
	if own, _ := task.Assignee(reminder.MemberID); reminder.Audience == ToAssignee && timing.snoozing(own, now) {
		return Decision{Verdict: Drop, Reason: "snoozed"}
	}
	return decide(reminder, task.Deadline, timing.TaskLadder(), now, timing)
}

func taskSettled(reminder Reminder, task Task) string {
	if task.State.Ended() {
		return "task_ended"
	}
	if task.Waiting() {
		return "waiting_for"
	}
	state := task.State
	if reminder.Audience == ToAssignee {
		own, found := task.Assignee(reminder.MemberID)
		if !found {
			return "not_assignee_any_more"
		}
		state = own.State
	}
	if state == TaskSubmitted {
		return "task_submitted"
	}
	return ""
}

// DecideEvaluation decides about a reminder of an evaluation's milestone.
// Group is the group that is to be told, the zero Group when a person is or when
// it is linked no more; counts are how far the evaluation is prepared. Reasons to
// drop beside those of DecideTask: "evaluation_ended", "evaluation_postponed",
// "evaluation_complete" (nothing is left to escalate to a leader, or to bring),
// "no_indicators" (coordinators are told of nothing else). A milestone
// or group that is gone, or was made one that is told nothing, lost its point.
func DecideEvaluation(reminder Reminder, evaluation Evaluation, group Group, counts Counts, now time.Time, timing Timing) Decision {
	drop := func(reason string) Decision { return Decision{Verdict: Drop, Reason: reason} }
	switch evaluation.State {
	case EvaluationClosed, EvaluationCancelled:
		return drop("evaluation_ended")
	case EvaluationPostponed:
		return drop("evaluation_postponed")
	}
	timing = timing.For(evaluation)
	ladder := timing.OwnerLadder()
	switch reminder.Audience {
	case ToGroup:
		ladder = timing.GroupLadder(group.Kind)
	case ToLeader:
		ladder = timing.LeaderLadder()
		if counts.Done >= counts.Total {
			return drop("evaluation_complete")
		}
	case ToCoordinator:
		ladder = MissingLadder
		if !counts.OfIndicators {
			return drop("no_indicators")
		}
		if counts.Done >= counts.Total {
			return drop("evaluation_complete")
		}
	}
	if milestone := evaluation.Milestone(reminder.MilestoneID); milestone.hasLadder() && ladder.has(reminder.Step) {
		return decide(reminder, milestone.Deadline, ladder, now, timing)
	}
	return drop("lost_its_point")
}

// decide is common to everything with a deadline: has the reminder a point
// still, is it the newest of its ladder, and may it be said at this hour.
func decide(reminder Reminder, deadline Deadline, ladder Ladder, now time.Time, timing Timing) Decision {
	days, known := reminder.Step.Days()
	ahead := days <= 0
	switch {
	case !known:
		return Decision{Verdict: Drop, Reason: "lost_its_point"}
	case !reminder.Anchor.Equal(deadline.At):
		return Decision{Verdict: Drop, Reason: "deadline_moved"}
	case ahead && !now.Before(deadline.At):
		return Decision{Verdict: Drop, Reason: "deadline_passed"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	case ahead && ladder.superseded(days, deadline, now, timing):
		return Decision{Verdict: Drop, Reason: "superseded"}
	}
	return unlessQuiet(deadline, now, timing.Calendar)
}

// unlessQuiet says what is due, or lets it wait for the end of the quiet time;
// to a deadline within reach quiet times yield.
func unlessQuiet(deadline Deadline, now time.Time, calendar Calendar) Decision {
	ahead := deadline.At.After(now)
	if _, quiet := calendar.Quiet(now); quiet && !(ahead && deadline.At.Sub(now) <= WithinReach) {
		return Decision{Verdict: Wait, Reason: "quiet_time", Until: quietUntil(ahead, deadline, now, calendar)}
	}
	return Decision{Verdict: Say, Reason: "due"}
}

// quietUntil is the end of the quiet time; where the deadline would be past by
// then, it is the moment from which the deadline is within reach.
func quietUntil(ahead bool, deadline Deadline, now time.Time, calendar Calendar) time.Time {
	allowed := calendar.NextAllowed(now)
	if ahead && !allowed.Before(deadline.At) {
		return deadline.At.Add(-WithinReach)
	}
	return allowed
}

// superseded tells whether a step nearer to the deadline, which is still ahead,
// has come due as well.
func (l Ladder) superseded(days int, deadline Deadline, now time.Time, timing Timing) bool {
	for _, nearer := range l {
		if -nearer <= days {
			continue
		}
		moment, _ := timing.Moment(StepBefore(nearer), deadline)
		if !moment.After(now) {
			return true
		}
	}
	return false
}

func (l Ladder) has(step Step) bool {
	for _, days := range l {
		if StepBefore(days) == step {
			return true
		}
	}
	return false
}

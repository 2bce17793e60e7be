package council

import "testing"

func TestDecidingAboutATask(t *testing.T) {
	// Due on Thursday 11 June 2026 at 16.00: H-7 on the 4th, H-3 on the 8th, H-1 on the 10th.
	base := Task{Number: 31, State: TaskInProgress, CreatedAt: at("2026-05-11 09:00"), Deadline: deadlineAt("2026-06-11 16:00"),
		Assignees: []Assignee{{MemberID: 5, State: TaskInProgress}, {MemberID: 6, State: TaskSubmitted}}}
	change := func(change func(*Task)) Task { task := base; change(&task); return task }
	tests := []struct {
		name     string
		step     Step
		audience Audience
		member   int64
		due      string
		task     Task
		now      string
		verdict  Verdict
		reason   string
		until    string
	}{
		{"on time", "H-3", ToAssignee, 5, "2026-06-08 08:00", base, "2026-06-08 08:00", Say, "due", ""},
		{"a little late", "H-3", ToAssignee, 5, "2026-06-08 08:00", base, "2026-06-08 11:20", Say, "due", ""},
		{"the clock was set back", "H-3", ToAssignee, 5, "2026-06-08 08:00", base, "2026-06-08 07:59", Wait, "not_due", "2026-06-08 08:00"},
		{"done", "H-3", ToAssignee, 5, "2026-06-08 08:00", change(func(t *Task) { t.State = TaskDone }), "2026-06-08 08:00", Drop, "task_ended", ""},
		{"cancelled", "overdue+1", ToCoordinator, 0, "2026-06-12 08:00", change(func(t *Task) { t.State = TaskCancelled }),
			"2026-06-12 08:00", Drop, "task_ended", ""},
		{"the own part is handed in", "H-3", ToAssignee, 6, "2026-06-08 08:00", base, "2026-06-08 08:00", Drop, "task_submitted", ""},
		{"the whole is handed in, the coordinator knows", "overdue+1", ToCoordinator, 0, "2026-06-12 08:00",
			change(func(t *Task) { t.State = TaskSubmitted }), "2026-06-12 08:00", Drop, "task_submitted", ""},
		{"one part is open, the coordinator is told", "overdue+1", ToCoordinator, 0, "2026-06-12 08:00", base, "2026-06-12 08:00", Say, "due", ""},
		{"given to others", "H-3", ToAssignee, 9, "2026-06-08 08:00", base, "2026-06-08 08:00", Drop, "not_assignee_any_more", ""},
		{"the date was taken away", "H-3", ToAssignee, 5, "2026-06-08 08:00", change(func(t *Task) { t.Deadline = Deadline{} }),
			"2026-06-08 08:00", Drop, "lost_its_point", ""},
		{"an outage over the deadline", "H", ToAssignee, 5, "2026-06-11 08:00", base, "2026-06-11 16:00", Drop, "deadline_passed", ""},
		{"an outage over the next step", "H-3", ToAssignee, 5, "2026-06-08 08:00", base, "2026-06-10 09:00", Drop, "superseded", ""},
		{"and that step is said", "H-1", ToAssignee, 5, "2026-06-10 08:00", base, "2026-06-10 09:00", Say, "due", ""},
		{"an outage of two days, the next step is ahead", "H-7", ToAssignee, 5, "2026-06-04 08:00", base, "2026-06-05 10:00", Say, "due", ""},
		{"late on Friday noon", "H-7", ToAssignee, 5, "2026-06-04 08:00", base, "2026-06-05 12:00", Wait, "quiet_time", "2026-06-05 13:30"},
		{"late on a Saturday", "H-7", ToAssignee, 5, "2026-06-04 08:00", base, "2026-06-06 12:00", Wait, "quiet_time", "2026-06-08 07:30"},
		{"late in the evening, due within 24 hours", "H-1", ToAssignee, 5, "2026-06-10 08:00", base, "2026-06-10 19:00", Say, "due", ""},
		{"late in the evening, due in more than 24 hours", "H-1", ToAssignee, 5, "2026-06-10 08:00",
			change(func(t *Task) { t.Deadline = deadlineAt("2026-06-11 20:00") }), "2026-06-10 19:00", Wait, "quiet_time", "2026-06-11 07:30"},
		{"late in the evening, due in 24 hours sharp", "H-1", ToAssignee, 5, "2026-06-10 08:00",
			change(func(t *Task) { t.Deadline = deadlineAt("2026-06-11 19:00") }), "2026-06-10 19:00", Say, "due", ""},
		{"on a day off, due that day", "H", ToAssignee, 5, "2026-05-31 08:00", change(func(t *Task) { t.Deadline = deadlineAt("2026-05-31 16:00") }),
			"2026-05-31 08:00", Say, "due", ""},
		{"soon, on Friday noon", StepSoon, ToAssignee, 5, "2026-06-12 12:00", change(func(t *Task) { t.Deadline = deadlineAt("2026-06-12 14:00") }),
			"2026-06-12 12:00", Say, "due", ""},
		{"overdue has no hurry in the evening", "overdue+1", ToAssignee, 5, "2026-06-12 08:00", base, "2026-06-12 20:00", Wait, "quiet_time", "2026-06-15 07:30"},
		{"overdue after a long outage", "overdue+1", ToAssignee, 5, "2026-06-12 08:00", base, "2026-07-06 09:00", Say, "due", ""},
		{"after the quiet time it would be too late", "H-1", ToAssignee, 5, "2026-06-12 08:00",
			change(func(t *Task) { t.Deadline = deadlineAt("2026-06-15 06:00") }), "2026-06-13 10:00", Wait, "quiet_time", "2026-06-14 06:00"},
		{"no such step", "some day", ToAssignee, 5, "2026-06-08 08:00", base, "2026-06-08 08:00", Drop, "lost_its_point", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reminder := Reminder{Subject: test.task.Reference(), Step: test.step, Audience: test.audience, MemberID: test.member,
				Anchor: test.task.Deadline.At, Due: at(test.due)}
			check(t, DecideTask(reminder, test.task, at(test.now), timing2026()), test.verdict, test.reason, test.until)
		})
	}
}

func TestAReminderHangsOnItsDeadline(t *testing.T) {
	task := Task{Number: 31, State: TaskInProgress, CreatedAt: at("2026-05-11 09:00"), Deadline: deadlineAt("2026-06-11 16:00"),
		Assignees: []Assignee{{MemberID: 5, State: TaskInProgress, SnoozedUntil: at("2026-06-10 08:00")}}}
	tests := []struct {
		name     string
		step     Step
		audience Audience
		anchor   string
		waited   string
		now      string
		verdict  Verdict
		reason   string
	}{
		{"its own", "H-1", ToAssignee, "2026-06-11 16:00", "", "2026-06-10 08:00", Say, "due"},
		{"the date moved on", "H-3", ToAssignee, "2026-06-09 16:00", "", "2026-06-10 08:00", Drop, "deadline_moved"},
		{"the date moved on by an hour", "H-1", ToAssignee, "2026-06-11 15:00", "", "2026-06-10 08:00", Drop, "deadline_moved"},
		{"the date moved on when it was overdue", "overdue+1", ToLeader, "2026-06-08 16:00", "", "2026-06-09 08:00", Drop, "deadline_moved"},
		{"the date came nearer while it waited for the end of a leave", "H-7", ToAssignee, "2026-06-17 16:00", "on_leave", "2026-06-10 08:00", Drop, "deadline_moved"},
		{"put off by the member", "H-3", ToAssignee, "2026-06-11 16:00", "", "2026-06-08 08:00", Drop, "snoozed"},
		{"put off by the member, but not by others", "overdue+1", ToCoordinator, "2026-06-11 16:00", "", "2026-06-12 08:00", Say, "due"},
		{"overdue over a leave of a day", "overdue+1", ToAssignee, "2026-06-11 16:00", "on_leave", "2026-06-12 12:00", Wait, "quiet_time"},
		{"an outage, which all have missed", "overdue+1", ToAssignee, "2026-06-11 16:00", "quiet_time", "2026-06-15 08:00", Say, "due"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reminder := Reminder{Step: test.step, Audience: test.audience, Anchor: at(test.anchor), Waited: test.waited}
			if test.audience == ToAssignee {
				reminder.MemberID = 5
			}
			reminder.Due, _ = timing2026().MomentOf(reminder)
			if got := DecideTask(reminder, task, at(test.now), timing2026()); got.Verdict != test.verdict || got.Reason != test.reason {
				t.Fatalf("got %s %s, want %s %s", got.Verdict, got.Reason, test.verdict, test.reason)
			}
		})
	}
}

func check(t *testing.T, got Decision, verdict Verdict, reason, until string) {
	t.Helper()
	if got.Verdict != verdict || got.Reason != reason {
		t.Fatalf("got %s %s, want %s %s", got.Verdict, got.Reason, verdict, reason)
	}
	if until == "" && !got.Until.IsZero() || until != "" && !got.Until.Equal(at(until)) {
		t.Fatalf("until %s, want %s", got.Until, until)
	}
}

func TestDecidingAboutAnEvaluation(t *testing.T) {
	half := Counts{Done: 18, Total: 20}
	in := func(state EvaluationState) Evaluation {
		evaluation := firstEvaluation()
		evaluation.State = state
		return evaluation
	}
	gone := in(EvaluationOpen)
	gone.Milestones = gone.Milestones[1:]
	internal := in(EvaluationOpen)
	internal.Milestones[0].Kind = MilestoneInternal
	moved := in(EvaluationOpen)
	moved.Milestones[0].Deadline = deadlineAt("2026-07-09 09:00")
	tests := []struct {
		name       string
		step       Step
		audience   Audience
		group      Group
		evaluation Evaluation
		counts     Counts
		now        string
		verdict    Verdict
		reason     string
		until      string
	}{
		{"the group in the morning", "H-14", ToGroup, ownGroup, in(EvaluationOpen), half, "2026-05-26 08:00", Say, "due", ""},
		{"the group after the outage of a morning", "H-14", ToGroup, ownGroup, in(EvaluationOpen), half, "2026-05-26 14:00", Say, "due", ""},
		{"the group after a day, on a holiday", "H-14", ToGroup, ownGroup, in(EvaluationOpen), half, "2026-05-27 08:00", Wait, "quiet_time", "2026-05-29 07:30"},
		{"the group when a later step is due too", "H-7", ToGroup, ownGroup, in(EvaluationOpen), half, "2026-06-08 09:00", Drop, "superseded", ""},
		{"the council, which has no step between", "H-7", ToGroup, councilGroup, in(EvaluationOpen), half, "2026-06-08 09:00", Say, "due", ""},
		{"a group that became the council's", "H-14", ToGroup, councilGroup, in(EvaluationOpen), half, "2026-05-26 08:00", Drop, "lost_its_point", ""},
		{"a group that is linked no more", "H-14", ToGroup, Group{}, in(EvaluationOpen), half, "2026-05-26 08:00", Drop, "lost_its_point", ""},
		{"a group that became a community's", "H-14", ToGroup, forum, in(EvaluationOpen), half, "2026-05-26 08:00", Drop, "lost_its_point", ""},
		{"owners", "H-3", ToOwner, Group{}, in(EvaluationOpen), half, "2026-06-08 08:00", Say, "due", ""},
		{"the leader", "H-3", ToLeader, Group{}, in(EvaluationOpen), half, "2026-06-08 08:00", Say, "due", ""},
		{"the leader, a day late", "H-3", ToLeader, Group{}, in(EvaluationOpen), half, "2026-06-10 09:00", Say, "due", ""},
		{"the leader of a complete one", "H-3", ToLeader, Group{}, in(EvaluationOpen), Counts{Done: 20, Total: 20}, "2026-06-08 08:00",
			Drop, "evaluation_complete", ""},
		{"postponed", "H-3", ToOwner, Group{}, in(EvaluationPostponed), half, "2026-06-08 08:00", Drop, "evaluation_postponed", ""},
		{"closed", "H-3", ToOwner, Group{}, in(EvaluationClosed), half, "2026-06-08 08:00", Drop, "evaluation_ended", ""},
		{"cancelled", "H-3", ToOwner, Group{}, in(EvaluationCancelled), half, "2026-06-08 08:00", Drop, "evaluation_ended", ""},
		{"the milestone is gone", "H-3", ToOwner, Group{}, gone, half, "2026-06-08 08:00", Drop, "lost_its_point", ""},
		{"the milestone is an internal one now", "H-3", ToOwner, Group{}, internal, half, "2026-06-08 08:00", Drop, "lost_its_point", ""},
		{"the milestone moved on", "H-3", ToOwner, Group{}, moved, half, "2026-06-08 08:00", Drop, "deadline_moved", ""},
		{"it has begun", "H", ToOwner, Group{}, in(EvaluationOpen), half, "2026-06-11 09:00", Drop, "deadline_passed", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			deadline := in(EvaluationOpen).Milestones[0].Deadline
			due, _ := timing2026().Moment(test.step, deadline)
			reminder := Reminder{Subject: EvaluationReference(1), MilestoneID: 1, Step: test.step, Audience: test.audience, GroupID: test.group.ID, Anchor: deadline.At, Due: due}
			got := DecideEvaluation(reminder, test.evaluation, test.group, test.counts, at(test.now), timing2026())
			check(t, got, test.verdict, test.reason, test.until)
		})
	}
}

package council

import (
	"testing"
	"time"
)

func TestWhatIsPlannedWhereNothingIsHeard(t *testing.T) {
	change := func(task Task, change func(*Task)) Task { change(&task); return task }
	owing := func(given string) Assignee {
		return Assignee{MemberID: 5, State: TaskNew, AssignedAt: at(given)}
	}
	heard := func(state TaskState, active string) Assignee {
		return Assignee{MemberID: 5, State: state, Acknowledged: true, AssignedAt: at("2026-05-11 09:00"), ActiveAt: at(active)}
	}
	with := func(assignees ...Assignee) Task {
		return Task{Number: 31, State: TaskNew, CreatedAt: at("2026-05-11 09:00"), Assignees: assignees}
	}
	tests := []struct {
		name string
		task Task
		now  string
		want string
	}{
		{"given in the middle of a morning: the third morning after", with(owing("2026-06-08 10:00")), "2026-06-08 10:00", "unacknowledged 11/06 08.00 coordinator"},
		{"given before the morning: the second", with(owing("2026-06-08 07:00")), "2026-06-08 10:00", "unacknowledged 10/06 08.00 coordinator"},
		{"given at the very morning: the second", with(owing("2026-06-08 08:00")), "2026-06-08 10:00", "unacknowledged 10/06 08.00 coordinator"},
		{"given on Friday evening", with(owing("2026-06-05 19:00")), "2026-06-08 10:00", "unacknowledged 10/06 08.00 coordinator"},
		{"given on a Saturday", with(owing("2026-06-06 09:00")), "2026-06-08 10:00", "unacknowledged 10/06 08.00 coordinator"},
		{"given before Iduladha", with(owing("2026-05-26 10:00")), "2026-05-26 10:00", "unacknowledged 03/06 08.00 coordinator"},
		{"given before the seven days of Idulfitri", with(owing("2026-03-16 10:00")), "2026-03-16 10:00", "unacknowledged 26/03 08.00 coordinator"},
		{"two at once are one", fresh(), "2026-06-02 10:00", "unacknowledged 05/06 08.00 coordinator"},
		{"one who was added later is waited for anew", change(fresh(), func(t *Task) { t.Assignees[1].AssignedAt = at("2026-06-08 10:00") }), "2026-06-08 10:00",
			"unacknowledged 05/06 08.00 coordinator; unacknowledged 11/06 08.00 coordinator"},
		{"of an older row: since the task was made", with(Assignee{MemberID: 5, State: TaskNew}), "2026-06-02 10:00", "unacknowledged 18/05 08.00 coordinator"},
		{"promised", with(heard(TaskNew, "2026-06-08 10:00")), "2026-06-08 10:00", "silent 15/06 08.00 assignee 5"},
		{"begun", with(heard(TaskInProgress, "2026-06-08 10:00")), "2026-06-08 10:00", "silent 15/06 08.00 assignee 5"},
		{"last heard of late in the evening", with(heard(TaskInProgress, "2026-06-08 23:30")), "2026-06-08 23:30", "silent 15/06 08.00 assignee 5"},
		{"seven days later is a holiday", with(heard(TaskInProgress, "2026-06-09 10:00")), "2026-06-09 10:00", "silent 17/06 08.00 assignee 5"},
		{"of an older row that was promised: never asked", with(Assignee{MemberID: 5, State: TaskInProgress, Acknowledged: true}), "2026-06-09 10:00", ""},
		{"an obstacle is known", with(heard(TaskBlocked, "2026-06-08 10:00")), "2026-06-08 10:00", ""},
		{"handed in", with(heard(TaskSubmitted, "2026-06-08 10:00")), "2026-06-08 10:00", ""},
		{"put off", begun(), "2026-06-08 10:00", "unacknowledged 05/06 08.00 coordinator; snoozed 10/06 08.00 assignee 5; silent 10/06 08.00 assignee 5"},
		{"put off until now", begun(), "2026-06-10 08:00", "unacknowledged 05/06 08.00 coordinator; silent 10/06 08.00 assignee 5"},
		{"put off, and handed in", change(begun(), func(t *Task) { t.Assignees[0].State = TaskSubmitted }), "2026-06-08 10:00", "unacknowledged 05/06 08.00 coordinator"},
		{"a group is asked nothing", with(AssignToGroup(2)...), "2026-06-08 10:00", ""},
		{"not even when somebody has begun", with(Assignee{GroupID: 2, State: TaskInProgress, ActiveAt: at("2026-06-03 09:00")}), "2026-06-08 10:00", ""},
		{"nobody", with(), "2026-06-08 10:00", ""},
		{"ended", in(TaskCancelled, begun()), "2026-06-08 10:00", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(PlanCare(test.task, at(test.now), timing2026())); got != test.want {
				t.Fatalf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestDecidingWhereNothingIsHeard(t *testing.T) {
	change := func(task Task, change func(*Task)) Task { change(&task); return task }
	own := func(change func(*Assignee)) Task { task := begun(); change(&task.Assignees[0]); return task }
	due := func(text string) Task { task := fresh(); task.Deadline = deadlineAt(text); return task }
	given, active, snoozed := at("2026-06-02 10:00"), at("2026-06-03 09:00"), at("2026-06-10 08:00")
	tests := []struct {
		name    string
		step    Step
		anchor  time.Time
		task    Task
		now     string
		verdict Verdict
		reason  string
		until   string
	}{
		{"nobody has promised", StepUnacknowledged, given, fresh(), "2026-06-05 08:00", Say, "due", ""},
		{"the clock was set back", StepUnacknowledged, given, fresh(), "2026-06-05 07:59", Wait, "not_due", "2026-06-05 08:00"},
		{"late on a Friday noon", StepUnacknowledged, given, fresh(), "2026-06-05 12:00", Wait, "quiet_time", "2026-06-05 13:30"},
		{"late in the evening, though it is due tomorrow", StepUnacknowledged, given, due("2026-06-06 10:00"), "2026-06-05 17:00", Say, "due", ""},
		{"one of two has", StepUnacknowledged, given, begun(), "2026-06-05 08:00", Say, "due", ""},
		{"all have", StepUnacknowledged, given, change(begun(), func(t *Task) { t.Assignees = t.Assignees[:1] }), "2026-06-05 08:00", Drop, "promised", ""},
		{"only one is left who was added later", StepUnacknowledged, given, change(begun(), func(t *Task) { t.Assignees[1].AssignedAt = at("2026-06-04 10:00") }),
			"2026-06-05 08:00", Drop, "promised", ""},
		{"an obstacle is a sign of life", StepUnacknowledged, given, in(TaskBlocked, fresh()), "2026-06-05 08:00", Drop, "promised", ""},
		{"the coordinator is told of the date that has passed", StepUnacknowledged, given, due("2026-06-04 16:00"), "2026-06-05 08:00", Drop, "overdue", ""},
		{"handed in", StepUnacknowledged, given, in(TaskSubmitted, fresh()), "2026-06-05 08:00", Drop, "task_submitted", ""},
		{"cancelled", StepUnacknowledged, given, in(TaskCancelled, fresh()), "2026-06-05 08:00", Drop, "task_ended", ""},

		{"seven days of silence", StepSilent, active, own(func(a *Assignee) { a.SnoozedUntil = time.Time{} }), "2026-06-10 08:00", Say, "due", ""},
		{"and something was put off till now", StepSilent, active, begun(), "2026-06-10 08:00", Say, "due", ""},
		{"it was put off until later", StepSilent, active, own(func(a *Assignee) { a.SnoozedUntil = at("2026-06-12 08:00") }), "2026-06-10 08:00", Drop, "snoozed", ""},
		{"a word since", StepSilent, active, own(func(a *Assignee) { a.ActiveAt = at("2026-06-09 15:00") }), "2026-06-10 08:00", Drop, "heard_of", ""},
		{"that word was taken back", StepSilent, active, own(func(a *Assignee) { a.ActiveAt = at("2026-06-02 15:00") }), "2026-06-10 08:00", Drop, "heard_of", ""},
		{"an obstacle", StepSilent, active, own(func(a *Assignee) { a.State = TaskBlocked }), "2026-06-10 08:00", Drop, "blocked", ""},
		{"the own part is handed in", StepSilent, active, own(func(a *Assignee) { a.State = TaskSubmitted }), "2026-06-10 08:00", Drop, "task_submitted", ""},
		{"the promise was taken back", StepSilent, active, own(func(a *Assignee) { a.State, a.Acknowledged = TaskNew, false }), "2026-06-10 08:00", Drop, "heard_of", ""},
		{"given to others", StepSilent, active, change(begun(), func(t *Task) { t.Assignees = t.Assignees[1:] }), "2026-06-10 08:00", Drop, "not_assignee_any_more", ""},
		{"the date has passed", StepSilent, active, change(begun(), func(t *Task) { t.Deadline = deadlineAt("2026-06-09 16:00") }), "2026-06-10 08:00", Drop, "overdue", ""},

		{"what was put off", StepSnoozed, snoozed, begun(), "2026-06-10 08:00", Say, "due", ""},
		{"after an outage, in the evening", StepSnoozed, snoozed, begun(), "2026-06-10 20:00", Wait, "quiet_time", "2026-06-11 07:30"},
		{"after an outage over the deadline", StepSnoozed, snoozed, change(begun(), func(t *Task) { t.Deadline = deadlineAt("2026-06-10 16:00") }),
			"2026-06-11 08:00", Say, "due", ""},
		{"put off again", StepSnoozed, snoozed, own(func(a *Assignee) { a.SnoozedUntil = at("2026-06-12 08:00") }), "2026-06-10 08:00", Drop, "snoozed_again", ""},
		{"something was done in the meantime", StepSnoozed, snoozed, own(func(a *Assignee) { a.SnoozedUntil = time.Time{} }), "2026-06-10 08:00", Drop, "heard_of", ""},
		{"a task without a date", StepSnoozed, snoozed, change(begun(), func(t *Task) { t.Deadline = Deadline{} }), "2026-06-10 08:00", Say, "due", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reminder := Reminder{Subject: test.task.Reference(), Step: test.step, Audience: ToAssignee, MemberID: 5, Anchor: test.anchor}
			if test.step == StepUnacknowledged {
				reminder.Audience, reminder.MemberID = ToCoordinator, 0
			}
			reminder.Due, _ = timing2026().MomentOf(reminder)
			check(t, DecideTask(reminder, test.task, at(test.now), timing2026()), test.verdict, test.reason, test.until)
		})
	}
}

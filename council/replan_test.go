package council

import "testing"

func TestEveryRungFollowsOnTheOneBefore(t *testing.T) {
	for _, clocks := range []Clocks{UsualClocks, {Overdue: [3]int{2, 5, 10}}} {
		for rung, before := clocks.nextRung(0), 0; rung < 400; before, rung = rung, clocks.nextRung(rung) {
			if got := clocks.rungBefore(rung); got != before {
				t.Errorf("before %d comes %d and not %d", rung, got, before)
			}
		}
	}
}

// A task is due on Thursday 11 June; Replan is asked for on another calendar.
func TestReplan(t *testing.T) {
	task := Task{Number: 1, State: TaskInProgress, CreatedAt: at("2026-05-11 09:00"), Deadline: deadlineAt("2026-06-11 16:00"),
		Assignees: []Assignee{{MemberID: 5, State: TaskInProgress}}}
	waiting := func(step Step, due string) Reminder {
		return Reminder{Subject: task.Reference(), Step: step, Audience: ToAssignee, MemberID: 5, Anchor: task.Deadline.At, Due: at(due)}
	}
	for _, row := range []struct {
		name    string
		waiting []Reminder
		now     string
		want    map[Step]string // for the assignee
	}{
		{"before the deadline", nil, "2026-06-09 12:00", map[Step]string{"H-1": "2026-06-10 08:00", "H": "2026-06-11 08:00", "overdue+1": "2026-06-12 08:00"}},
		{"on its day, nothing is added", nil, "2026-06-11 10:00", map[Step]string{"overdue+1": "2026-06-12 08:00"}},
		{"on its day, what waits stays", []Reminder{waiting(StepSoon, "2026-06-11 14:00")}, "2026-06-11 10:00",
			map[Step]string{StepSoon: "2026-06-11 14:00", "overdue+1": "2026-06-12 08:00"}},
		{"after a clock set back, the step that waits goes on", []Reminder{waiting("overdue+3", "2026-06-12 08:00")}, "2026-06-11 10:00",
			map[Step]string{"overdue+1": "2026-06-12 08:00", "overdue+3": "2026-06-15 08:00"}},
		{"what hangs on another deadline goes", []Reminder{{Subject: task.Reference(), Step: "overdue+3", Audience: ToAssignee, MemberID: 5,
			Anchor: at("2026-06-01 16:00"), Due: at("2026-06-12 08:00")}}, "2026-06-11 10:00", map[Step]string{"overdue+1": "2026-06-12 08:00"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			planned := 0
			for _, reminder := range Replan(task, row.waiting, at(row.now), timing2026()) {
				if reminder.Audience != ToAssignee {
					continue
				}
				planned++
				if want := row.want[reminder.Step]; want == "" || !reminder.Due.Equal(at(want)) {
					t.Errorf("%s at %s, want %q", reminder.Step, reminder.Due.In(timing2026().Calendar.Zone), want)
				}
			}
			if planned != len(row.want) {
				t.Errorf("%d are planned, want %d", planned, len(row.want))
			}
		})
	}
}

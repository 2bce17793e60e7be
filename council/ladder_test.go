package council

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// daily is a cron expression that fires every day at a local hour.
func daily(hour, minute int, zone *time.Location) func(time.Time) time.Time {
	return firing(hour, minute, zone, func(Day) bool { return true })
}

func firing(hour, minute int, zone *time.Location, on func(Day) bool) func(time.Time) time.Time {
	return func(after time.Time) time.Time {
		for day, tries := DayOf(after, zone), 0; tries < 400; day, tries = day.Add(1), tries+1 {
			if moment := day.At(hour, minute, zone); on(day) && moment.After(after) {
				return moment
			}
		}
		return time.Time{}
	}
}

func timing2026() Timing {
	return Timing{Next: daily(8, 0, makassar), Calendar: calendar2026(makassar)}
}

func deadlineAt(text string) Deadline { return Deadline{At: at(text).UTC(), Zone: "Asia/Makassar"} }

// written shows reminders as "H-7 04/06 08.00 assignee 5; …".
func written(reminders []Reminder) string {
	var parts []string
	for _, reminder := range reminders {
		part := fmt.Sprintf("%s %s %s", reminder.Step, reminder.Due.In(makassar).Format("02/01 15.04"), reminder.Audience)
		if id := max(reminder.MemberID, reminder.GroupID); id != 0 {
			part += fmt.Sprintf(" %d", id)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "; ")
}

func only(reminders []Reminder, keep func(Reminder) bool) []Reminder {
	return slices.DeleteFunc(slices.Clone(reminders), func(r Reminder) bool { return !keep(r) })
}

// firstEvaluation is the evaluation of domain.md, story 1, made on Monday 11 May 2026.
func firstEvaluation() Evaluation {
	upload := deadlineAt("2026-06-11 00:59")
	return Evaluation{Number: 1, State: EvaluationOpen, Milestones: []Milestone{
		{ID: 1, Kind: MilestonePresentation, Deadline: deadlineAt("2026-06-11 09:00")},
		{ID: 2, Kind: MilestoneUpload, Deadline: upload},
		{ID: 3, Kind: MilestoneInternal, Deadline: InternalDeadline(upload, calendar2026(makassar))},
	}}
}

func TestTheLadderOfTheFirstStory(t *testing.T) {
	planned := PlanEvaluation(firstEvaluation(), []Group{ownGroup, forum, councilGroup, secretariat}, at("2026-05-11 09:12"), timing2026())
	tests := []struct {
		name string
		keep func(Reminder) bool
		want string
	}{
		{"the working group", func(r Reminder) bool { return r.GroupID == ownGroup.ID && r.MilestoneID == 1 },
			"H-30 12/05 08.00 group 1; H-14 26/05 08.00 group 1; H-7 04/06 08.00 group 1; " +
				"H-3 08/06 08.00 group 1; H-1 10/06 08.00 group 1; H 11/06 08.00 group 1"},
		{"an upload at one in the morning has no step on its day", func(r Reminder) bool { return r.GroupID == secretariat.ID && r.MilestoneID == 2 },
			"H-30 12/05 08.00 group 5; H-14 26/05 08.00 group 5; H-7 04/06 08.00 group 5; " +
				"H-3 08/06 08.00 group 5; H-1 10/06 08.00 group 5"},
		{"the council twice", func(r Reminder) bool { return r.GroupID == councilGroup.ID && r.MilestoneID == 1 },
			"H-7 04/06 08.00 group 4; H-1 10/06 08.00 group 4"},
		{"owners", func(r Reminder) bool { return r.Audience == ToOwner && r.MilestoneID == 1 },
			"H-30 12/05 08.00 owner; H-14 26/05 08.00 owner; H-7 04/06 08.00 owner; " +
				"H-3 08/06 08.00 owner; H-1 10/06 08.00 owner; H 11/06 08.00 owner"},
		{"the leader once", func(r Reminder) bool { return r.Audience == ToLeader && r.MilestoneID == 1 }, "H-3 08/06 08.00 leader"},
		{"no community", func(r Reminder) bool { return r.GroupID == forum.ID }, ""},
		{"no ladder of the internal deadline", func(r Reminder) bool { return r.MilestoneID == 3 }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(only(planned, test.keep)); got != test.want {
				t.Fatalf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	for _, reminder := range planned {
		if reminder.Subject != EvaluationReference(1) {
			t.Fatalf("a reminder of %s", reminder.Subject)
		}
	}
}

func TestEvaluationsWithoutALadder(t *testing.T) {
	for _, state := range []EvaluationState{EvaluationPostponed, EvaluationClosed, EvaluationCancelled} {
		evaluation := firstEvaluation()
		evaluation.State = state
		if planned := PlanEvaluation(evaluation, []Group{ownGroup}, at("2026-05-11 09:12"), timing2026()); len(planned) != 0 {
			t.Errorf("%s: %s", state, written(planned))
		}
	}
}

func TestTheLeaderIsToldThoughItsStepMeetsAnother(t *testing.T) {
	// H-3 of a Monday is the Friday before, to which H-1 on the Sunday moves as well.
	evaluation := Evaluation{Number: 2, State: EvaluationOpen, Milestones: []Milestone{{ID: 1, Kind: MilestoneInterview, Deadline: deadlineAt("2026-06-22 10:00")}}}
	planned := PlanEvaluation(evaluation, []Group{ownGroup}, at("2026-06-16 09:00"), timing2026())
	want := "H-1 19/06 08.00 group 1; H 22/06 08.00 group 1; H-1 19/06 08.00 owner; H 22/06 08.00 owner; H-3 19/06 08.00 leader"
	if got := written(planned); got != want {
		t.Fatalf("got  %s\nwant %s", got, want)
	}
}

func TestInternalDeadlines(t *testing.T) {
	tests := []struct{ name, upload, want string }{
		{"story 1: 23.59 WIB of the 10th", "2026-06-11 00:59", "2026-06-09 16:00"},
		{"a day earlier for the same night in WITA", "2026-06-10 23:59", "2026-06-08 16:00"},
		{"moved before a weekend", "2026-06-09 12:00", "2026-06-05 16:00"},
		{"moved before joint leave and a holiday", "2026-05-30 12:00", "2026-05-26 16:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := InternalDeadline(deadlineAt(test.upload), calendar2026(makassar))
			if !got.At.Equal(at(test.want)) || got.Zone != "Asia/Makassar" {
				t.Fatalf("got %v", got)
			}
		})
	}
}

func TestTaskLadders(t *testing.T) {
	tests := []struct {
		name, created, now, deadline, want string
	}{
		{"in good time", "2026-05-11 09:41", "2026-05-11 09:41", "2026-06-09 16:00",
			"H-7 02/06 08.00; H-3 05/06 08.00; H-1 08/06 08.00; H 09/06 08.00; overdue+1 10/06 08.00"},
		{"H-3 on joint leave goes before the holiday", "2026-05-11 09:41", "2026-05-11 09:41", "2026-05-31 16:00",
			"H-7 22/05 08.00; H-3 26/05 08.00; H-1 29/05 08.00; H 31/05 08.00; overdue+1 02/06 08.00"},
		{"what is past after moving is skipped", "2026-05-26 09:00", "2026-05-26 09:00", "2026-05-31 16:00",
			"H-1 29/05 08.00; H 31/05 08.00; overdue+1 02/06 08.00"},
		{"the seven days of Idulfitri: steps that meet are one", "2026-03-02 09:00", "2026-03-02 09:00", "2026-03-24 12:00",
			"H-1 17/03 08.00; H 24/03 08.00; overdue+1 25/03 08.00"},
		{"overdue over Idulfitri is said once, on the first morning", "2026-03-17 07:00", "2026-03-17 07:00", "2026-03-17 16:00",
			"soon 17/03 14.00; overdue+7 25/03 08.00"},
		{"made in the evening for the next day", "2026-06-10 19:00", "2026-06-10 19:00", "2026-06-11 09:00",
			"H 11/06 08.00; overdue+1 12/06 08.00"},
		{"due before its own morning", "2026-06-09 12:00", "2026-06-09 12:00", "2026-06-11 00:59",
			"H-1 10/06 08.00; overdue+1 12/06 08.00"},
		{"made and due today", "2026-06-11 10:00", "2026-06-11 10:00", "2026-06-11 16:00", "soon 11/06 14.00; overdue+1 12/06 08.00"},
		{"made today before the morning", "2026-06-11 06:00", "2026-06-11 06:00", "2026-06-11 16:00", "soon 11/06 14.00; overdue+1 12/06 08.00"},
		{"due today at night: two hours before work ends", "2026-06-11 10:00", "2026-06-11 10:00", "2026-06-11 22:00",
			"soon 11/06 14.30; overdue+1 12/06 08.00"},
		{"due today, the moment is past", "2026-06-11 10:00", "2026-06-11 10:00", "2026-06-11 12:00", "overdue+1 12/06 08.00"},
		{"due today before there is such a moment", "2026-06-11 05:00", "2026-06-11 05:00", "2026-06-11 09:00", "overdue+1 12/06 08.00"},
		{"made and due on a Saturday", "2026-06-13 09:00", "2026-06-13 09:00", "2026-06-13 15:00", "soon 13/06 13.00; overdue+1 15/06 08.00"},
		{"made long ago, planned anew before its morning", "2026-06-01 10:00", "2026-06-11 06:00", "2026-06-11 16:00",
			"H 11/06 08.00; overdue+1 12/06 08.00"},
		{"moved to today after its morning", "2026-06-01 10:00", "2026-06-11 09:00", "2026-06-11 16:00",
			"soon 11/06 14.00; overdue+1 12/06 08.00"},
		{"sent back when it is overdue", "2026-06-01 10:00", "2026-06-12 10:00", "2026-06-08 16:00", "overdue+7 15/06 08.00"},
		{"a deadline of Friday is first mentioned on Monday, as the third day", "2026-06-04 10:00", "2026-06-04 10:00", "2026-06-05 16:00",
			"H 05/06 08.00; overdue+3 08/06 08.00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			task := Task{Number: 31, State: TaskNew, CreatedAt: at(test.created), Deadline: deadlineAt(test.deadline), Assignees: AssignTo(5)}
			planned := only(PlanTask(task, at(test.now), timing2026()), func(r Reminder) bool { return r.MemberID == 5 })
			if got := strings.ReplaceAll(written(planned), " assignee 5", ""); got != test.want {
				t.Fatalf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWhoIsToldAboutATask(t *testing.T) {
	base := Task{Number: 31, State: TaskNew, CreatedAt: at("2026-06-09 10:00"), Deadline: deadlineAt("2026-06-10 16:00")}
	change := func(change func(*Task)) Task { task := base; change(&task); return task }
	tests := []struct {
		name string
		task Task
		want string
	}{
		{"each of two assignees", change(func(t *Task) { t.Assignees = AssignTo(5, 6) }),
			"unacknowledged 12/06 08.00 coordinator; H 10/06 08.00 assignee 5; H 10/06 08.00 assignee 6; " +
				"overdue+1 11/06 08.00 assignee 5; overdue+1 11/06 08.00 assignee 6; overdue+1 11/06 08.00 coordinator"},
		{"a group's task is remembered by the coordinator alone", change(func(t *Task) { t.Assignees = AssignToGroup(2) }),
			"overdue+1 11/06 08.00 coordinator"},
		{"handed in, it may be sent back", in(TaskSubmitted, change(func(t *Task) { t.Assignees = AssignTo(5) })),
			"H 10/06 08.00 assignee 5; overdue+1 11/06 08.00 assignee 5; overdue+1 11/06 08.00 coordinator"},
		{"done", change(func(t *Task) { t.Assignees, t.State = AssignTo(5), TaskDone }), ""},
		{"cancelled", change(func(t *Task) { t.Assignees, t.State = AssignTo(5), TaskCancelled }), ""},
		{"without a date", change(func(t *Task) { t.Assignees, t.Deadline = AssignTo(5), Deadline{} }), "unacknowledged 12/06 08.00 coordinator"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(PlanTask(test.task, at("2026-06-09 10:00"), timing2026())); got != test.want {
				t.Fatalf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestTheOverdueSteps(t *testing.T) {
	task := Task{Number: 31, State: TaskInProgress, Deadline: deadlineAt("2026-06-08 16:00"), Assignees: AssignTo(5)}
	tests := []struct {
		name  string
		after Step
		now   string
		want  string
	}{
		{"first", "", "2026-06-08 10:00", "overdue+1 09/06 08.00 assignee 5; overdue+1 09/06 08.00 coordinator"},
		{"the leader from day 3", "overdue+1", "2026-06-09 08:00",
			"overdue+3 11/06 08.00 assignee 5; overdue+3 11/06 08.00 coordinator; overdue+3 11/06 08.00 leader"},
		{"the seventh day", "overdue+3", "2026-06-11 08:00",
			"overdue+7 15/06 08.00 assignee 5; overdue+7 15/06 08.00 coordinator; overdue+7 15/06 08.00 leader"},
		{"then weekly", "overdue+7", "2026-06-15 08:00",
			"overdue+14 22/06 08.00 assignee 5; overdue+14 22/06 08.00 coordinator; overdue+14 22/06 08.00 leader"},
		{"weekly on", "overdue+14", "2026-06-22 08:00",
			"overdue+21 29/06 08.00 assignee 5; overdue+21 29/06 08.00 coordinator; overdue+21 29/06 08.00 leader"},
		{"planned anew when it is overdue: what is missed stays so", "", "2026-06-12 10:00",
			"overdue+7 15/06 08.00 assignee 5; overdue+7 15/06 08.00 coordinator; overdue+7 15/06 08.00 leader"},
		{"the third was said late: the leader has just heard", "overdue+3", "2026-06-16 10:00",
			"overdue+14 22/06 08.00 assignee 5; overdue+14 22/06 08.00 coordinator; overdue+14 22/06 08.00 leader"},
		{"the first was said late: the leader hears of what was missed", "overdue+1", "2026-06-12 10:00",
			"overdue+7 15/06 08.00 assignee 5; overdue+7 15/06 08.00 coordinator; overdue+7 15/06 08.00 leader; overdue+3 11/06 08.00 leader"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := written(NextOverdue(task, test.after, at(test.now), timing2026())); got != test.want {
				t.Fatalf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	task.State = TaskDone
	if next := NextOverdue(task, "overdue+1", at("2026-06-09 08:00"), timing2026()); len(next) != 0 {
		t.Fatalf("after the end: %s", written(next))
	}
}

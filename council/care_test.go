package council

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// times shows assignees as "5 given 02/06 10.00 heard 03/06 09.00 snoozed -; …".
func times(task Task) string {
	moment := func(moment time.Time) string {
		if moment.IsZero() {
			return "-"
		}
		return moment.In(makassar).Format("02/01 15.04")
	}
	var parts []string
	for _, a := range task.Assignees {
		parts = append(parts, fmt.Sprintf("%d given %s heard %s snoozed %s", a.MemberID, moment(a.AssignedAt), moment(a.ActiveAt), moment(a.SnoozedUntil)))
	}
	return strings.Join(parts, "; ")
}

// fresh was given to 5 and 6 on Tuesday 2 June 2026; neither has said anything.
func fresh() Task {
	task := Task{Number: 31, State: TaskNew, CreatedAt: at("2026-06-01 09:00"), Deadline: deadlineAt("2026-06-30 16:00"), Assignees: AssignTo(5, 6)}
	for i := range task.Assignees {
		task.Assignees[i].AssignedAt = at("2026-06-02 10:00")
	}
	return task
}

// begun is fresh after 5 began the work on the next day and put reminders off to the 10th.
func begun() Task {
	task := fresh()
	task.Assignees[0] = Assignee{MemberID: 5, State: TaskInProgress, Acknowledged: true, AssignedAt: at("2026-06-02 10:00"),
		ActiveAt: at("2026-06-03 09:00"), SnoozedUntil: at("2026-06-10 08:00")}
	return task
}

func promisedBy5() Task {
	task := fresh()
	task.Assignees[0].Acknowledged, task.Assignees[0].ActiveAt = true, at("2026-06-03 09:00")
	return task
}

func in(state TaskState, task Task) Task {
	task.State = state
	for i := range task.Assignees {
		task.Assignees[i].State = state
	}
	return task
}

func TestWhatAChangeMeansForTheTimesOfAssignees(t *testing.T) {
	const coordinator = 9
	six := "6 given 02/06 10.00 heard - snoozed -"
	tests := []struct {
		name   string
		before Task
		change func(Task) (Task, error)
		by     int64
		want   string
	}{
		{"made", Task{}, func(Task) (Task, error) { return Task{State: TaskNew, Assignees: AssignTo(5)}, nil }, coordinator,
			"5 given 08/06 10.00 heard - snoozed -"},
		{"promised", fresh(), func(t Task) (Task, error) { return t.Acknowledge(5) }, 5, "5 given 02/06 10.00 heard 08/06 10.00 snoozed -; " + six},
		{"progress leaves the wish for later", begun(), func(t Task) (Task, error) { return t.Report(5, 50) }, 5,
			"5 given 02/06 10.00 heard 08/06 10.00 snoozed 10/06 08.00; " + six},
		{"an obstacle ends it", begun(), func(t Task) (Task, error) { return t.Obstruct(5) }, 5, "5 given 02/06 10.00 heard 08/06 10.00 snoozed -; " + six},
		{"handing in ends it", begun(), func(t Task) (Task, error) { return t.Submit(5) }, 5, "5 given 02/06 10.00 heard 08/06 10.00 snoozed -; " + six},
		{"a coordinator reports: only who begins by it is heard of", begun(), func(t Task) (Task, error) { return t.Report(Everyone, 10) }, coordinator,
			"5 given 02/06 10.00 heard 03/06 09.00 snoozed 10/06 08.00; 6 given 02/06 10.00 heard 08/06 10.00 snoozed -"},
		{"sent back", in(TaskSubmitted, fresh()), Task.SendBack, coordinator,
			"5 given 02/06 10.00 heard 08/06 10.00 snoozed -; 6 given 02/06 10.00 heard 08/06 10.00 snoozed -"},
		{"given to another", begun(), func(t Task) (Task, error) { return t.Reassign(AssignTo(7)) }, coordinator, "7 given 08/06 10.00 heard - snoozed -"},
		{"named again among others before anything began", fresh(), func(t Task) (Task, error) { return t.Reassign(AssignTo(5, 7)) }, coordinator,
			"5 given 02/06 10.00 heard - snoozed -; 7 given 08/06 10.00 heard - snoozed -"},
		{"named again, and begins anew", begun(), func(t Task) (Task, error) { return t.Reassign(AssignTo(5, 7)) }, coordinator,
			"5 given 08/06 10.00 heard - snoozed -; 7 given 08/06 10.00 heard - snoozed -"},
		{"named again, and asked for a promise anew", promisedBy5(), func(t Task) (Task, error) { return t.Reassign(AssignTo(5, 7)) }, coordinator,
			"5 given 08/06 10.00 heard - snoozed -; 7 given 08/06 10.00 heard - snoozed -"},
		{"taken from a group", Task{State: TaskNew, Assignees: AssignToGroup(2)}, func(t Task) (Task, error) { return t.Take(5) }, 5,
			"5 given 08/06 10.00 heard 08/06 10.00 snoozed -"},
		{"taken up after cancelling, promises are asked for anew", in(TaskCancelled, begun()), Task.Reopen, coordinator,
			"5 given 08/06 10.00 heard - snoozed -; 6 given 08/06 10.00 heard - snoozed -"},
		{"taken up after it was done", in(TaskDone, begun()), Task.Reopen, coordinator,
			"5 given 02/06 10.00 heard 08/06 10.00 snoozed -; 6 given 02/06 10.00 heard 08/06 10.00 snoozed -"},
		{"a date before the wish for later ends it", begun(), reschedule("2026-06-09 16:00"), coordinator, "5 given 02/06 10.00 heard 03/06 09.00 snoozed -; " + six},
		{"a date at that very moment does, too", begun(), reschedule("2026-06-10 08:00"), coordinator, "5 given 02/06 10.00 heard 03/06 09.00 snoozed -; " + six},
		{"a date after it leaves it", begun(), reschedule("2026-06-10 16:00"), coordinator, "5 given 02/06 10.00 heard 03/06 09.00 snoozed 10/06 08.00; " + six},
		{"so does no date at all", begun(), func(t Task) (Task, error) { return t.Reschedule(Deadline{}) }, coordinator,
			"5 given 02/06 10.00 heard 03/06 09.00 snoozed 10/06 08.00; " + six},
		{"put off", fresh(), func(t Task) (Task, error) { return t.Snooze(5, at("2026-06-12 08:00")) }, 5,
			"5 given 02/06 10.00 heard 08/06 10.00 snoozed 12/06 08.00; " + six},
		{"of an older row the task's own moment goes on counting", Task{State: TaskNew, Assignees: AssignTo(5)},
			func(t Task) (Task, error) { return t.Reassign(AssignTo(5, 6)) }, coordinator, "5 given - heard - snoozed -; 6 given 08/06 10.00 heard - snoozed -"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			after, err := test.change(test.before)
			if err != nil {
				t.Fatal(err)
			}
			was := times(test.before)
			if got := times(after.Stamp(test.before, test.by, at("2026-06-08 10:00"))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if times(test.before) != was {
				t.Errorf("what was before is changed: %s", times(test.before))
			}
		})
	}
}

func reschedule(text string) func(Task) (Task, error) {
	return func(task Task) (Task, error) { return task.Reschedule(deadlineAt(text)) }
}

func TestPuttingOffWhatAPersonIsTold(t *testing.T) {
	tests := []struct {
		name   string
		task   Task
		member int64
		want   string
	}{
		{"an assignee", begun(), 5, ""},
		{"somebody else", begun(), 7, "not_assignee"},
		{"nobody", begun(), Everyone, "not_assignee"},
		{"handed in", in(TaskSubmitted, begun()), 5, "already_submitted"},
		{"done", in(TaskDone, begun()), 5, "task_done"},
		{"cancelled", in(TaskCancelled, begun()), 5, "task_cancelled"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			was := times(test.task)
			changed, err := test.task.Snooze(test.member, at("2026-06-12 08:00"))
			if code := codeOf(t, err); code != test.want {
				t.Fatalf("refused as %q, want %q", code, test.want)
			}
			if times(test.task) != was || test.want != "" && (times(changed) != was || changed.Version != test.task.Version) {
				t.Fatalf("from %s to %s", was, times(changed))
			}
			if own, _ := changed.Assignee(5); test.want == "" && (!own.SnoozedUntil.Equal(at("2026-06-12 08:00")) || changed.Version != test.task.Version+1) {
				t.Fatalf("version %d, %s", changed.Version, times(changed))
			}
		})
	}
}

func TestUntilWhenAReminderMayBePutOff(t *testing.T) {
	tests := []struct {
		name, wish, deadline, now, until string
		shortened                        bool
	}{
		{"tomorrow", "2026-06-09", "2026-06-30 16:00", "2026-06-08 10:00", "2026-06-09 08:00", false},
		{"tomorrow is a Saturday", "2026-06-06", "2026-06-30 16:00", "2026-06-05 10:00", "2026-06-08 08:00", false},
		{"over Iduladha and joint leave", "2026-05-27", "2026-06-30 16:00", "2026-05-26 10:00", "2026-05-29 08:00", false},
		{"over the seven days of Idulfitri", "2026-03-18", "2026-03-27 16:00", "2026-03-17 10:00", "2026-03-25 08:00", false},
		{"today, whose morning is ahead", "2026-06-08", "2026-06-30 16:00", "2026-06-08 07:00", "2026-06-08 08:00", false},
		{"today, whose morning is past", "2026-06-08", "2026-06-30 16:00", "2026-06-08 08:00", "", false},
		{"yesterday", "2026-06-05", "2026-06-30 16:00", "2026-06-08 10:00", "", false},
		{"the morning of the deadline's day", "2026-06-11", "2026-06-11 16:00", "2026-06-08 10:00", "2026-06-11 08:00", false},
		{"past the deadline", "2026-06-15", "2026-06-11 16:00", "2026-06-08 10:00", "2026-06-11 08:00", true},
		{"past a deadline on Sunday", "2026-06-13", "2026-06-14 16:00", "2026-06-12 10:00", "2026-06-14 08:00", true},
		{"past a deadline of this afternoon", "2026-06-12", "2026-06-11 16:00", "2026-06-11 10:00", "", true},
		{"past a deadline that has no morning", "2026-06-11", "2026-06-11 00:59", "2026-06-09 10:00", "", true},
		{"a deadline at the very morning", "2026-06-11", "2026-06-11 08:00", "2026-06-09 10:00", "", true},
		{"overdue", "2026-06-15", "2026-06-11 16:00", "2026-06-12 10:00", "2026-06-15 08:00", false},
		{"without a date", "2026-06-15", "", "2026-06-12 10:00", "2026-06-15 08:00", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			day, err := ParseDay(test.wish)
			if err != nil {
				t.Fatal(err)
			}
			var deadline Deadline
			if test.deadline != "" {
				deadline = deadlineAt(test.deadline)
			}
			until, shortened, possible := SnoozeUntil(day, deadline, at(test.now), timing2026())
			if possible != (test.until != "") || possible && !until.Equal(at(test.until)) || shortened != test.shortened {
				t.Fatalf("until %s, shortened %v, possible %v", until, shortened, possible)
			}
		})
	}
}

func TestWhatStaysWhenATaskIsPlannedAnew(t *testing.T) {
	task, now := begun(), at("2026-06-24 10:00") // due on the 30th: H-7 was on the 23rd
	row := func(step Step, anchor time.Time) Reminder {
		return Reminder{Step: step, Audience: ToAssignee, MemberID: 5, Anchor: anchor}
	}
	tests := []struct {
		name     string
		reminder Reminder
		task     Task
		stays    bool
	}{
		{"a step that waits, as for the end of a leave", row("H-7", task.Deadline.At), task, true},
		{"a step whose moment is ahead", row("H-3", task.Deadline.At), task, false},
		{"an overdue step is ahead anyhow", row("overdue+1", task.Deadline.At), task, true},
		{"an overdue step of the deadline before", row("overdue+1", at("2026-06-22 16:00")), task, false},
		{"a step of the deadline before", row("H-7", at("2026-06-26 16:00")), task, false},
		{"a step of a task without a date now", row("H-7", task.Deadline.At), Task{State: TaskNew}, false},
		{"a promise that has been waited for", row(StepUnacknowledged, at("2026-06-19 10:00")), task, true},
		{"a promise that is waited for", row(StepUnacknowledged, at("2026-06-22 10:00")), task, false},
		{"a silence of seven days", row(StepSilent, at("2026-06-17 09:00")), task, true},
		{"a silence of six", row(StepSilent, at("2026-06-18 09:00")), task, false},
		{"what was put off till now", row(StepSnoozed, now), task, true},
		{"what is put off still", row(StepSnoozed, at("2026-06-25 08:00")), task, false},
		{"of a task that has ended", row("H-7", task.Deadline.At), in(TaskDone, task), false},
		{"no step", row("later", task.Deadline.At), task, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if stays := timing2026().Stays(test.reminder, test.task, now); stays != test.stays {
				t.Fatalf("stays: %v", stays)
			}
		})
	}
}

func TestWhoHasNotPromised(t *testing.T) {
	task := fresh() // on Tuesday 2 June at 10.00: two working days are over on the 4th, the next morning is Friday's
	task.Assignees = append(task.Assignees, Assignee{MemberID: 7, State: TaskNew}, Assignee{MemberID: 8, State: TaskNew, Acknowledged: true},
		Assignee{MemberID: 9, State: TaskBlocked}, Assignee{GroupID: 2, State: TaskNew})
	tests := []struct {
		name, now string
		want      []int64
	}{
		{"before the first of them is waited for long enough", "2026-06-04 07:59", nil},
		{"one whose row knows no time: since the task was made", "2026-06-04 08:00", []int64{7}},
		{"all of them", "2026-06-05 08:00", []int64{5, 6, 7}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, task.Unpromised(at(test.now), timing2026())); difference != "" {
				t.Error(difference)
			}
		})
	}
}

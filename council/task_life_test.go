package council

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// taskTable is the table "Task" of product.md in words; every cell is tested.
const taskTable = `
state        taken        progress     obstacle  submitted  accepted  sent_back    cancelled  reassigned  reopened
new          in_progress  in_progress  blocked   submitted  -         -            cancelled  new         -
in_progress  in_progress  in_progress  blocked   submitted  -         -            cancelled  new         -
blocked      in_progress  in_progress  blocked   submitted  -         -            cancelled  new         -
submitted    -            -            -         -          done      in_progress  cancelled  new         -
done         -            -            -         -          -         -            -          -           in_progress
cancelled    -            -            -         -          -         -            -          -           new`

// cells reads the table above into state, event and the state that follows.
func cells() map[TaskState]map[EventKind]TaskState {
	lines := strings.Split(strings.TrimSpace(taskTable), "\n")
	header := strings.Fields(lines[0])
	table := map[TaskState]map[EventKind]TaskState{}
	for _, line := range lines[1:] {
		fields := strings.Fields(line)
		row := map[EventKind]TaskState{}
		for i := 1; i < len(fields); i++ {
			if fields[i] != "-" {
				row[EventKind(header[i])] = TaskState(fields[i])
			}
		}
		table[TaskState(fields[0])] = row
	}
	return table
}

// act does to a task what the event names, on behalf of the member.
func act(task Task, event EventKind, memberID int64) (Task, error) {
	switch event {
	case EventTaken:
		return task.Take(memberID)
	case EventProgress:
		return task.Report(memberID, 40)
	case EventObstacle:
		return task.Obstruct(memberID)
	case EventSubmitted:
		return task.Submit(memberID)
	case EventAccepted:
		return task.Accept()
	case EventSentBack:
		return task.SendBack()
	case EventCancelled:
		return task.Cancel()
	case EventReassigned:
		return task.Reassign(AssignTo(77))
	case EventReopened:
		return task.Reopen()
	}
	panic("no such event: " + event)
}

func codeOf(t interface {
	Helper()
	Fatalf(string, ...any)
}, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("not a refusal: %v", err)
	}
	return refusal.Code
}

var tableEvents = []EventKind{EventTaken, EventProgress, EventObstacle, EventSubmitted, EventAccepted,
	EventSentBack, EventCancelled, EventReassigned, EventReopened}

func TestEveryCellOfTheTaskTable(t *testing.T) {
	for state, row := range cells() {
		for _, event := range tableEvents {
			t.Run(string(state)+"/"+string(event), func(t *testing.T) {
				task := Task{Number: 12, State: state, Version: 4}
				changed, err := act(task, event, 5)
				want, allowed := row[event]
				if !allowed {
					if err == nil || changed.State != state || changed.Version != 4 {
						t.Fatalf("got %s version %d and %v, want a refusal", changed.State, changed.Version, err)
					}
					return
				}
				if err != nil || changed.State != want || changed.Version != 5 {
					t.Fatalf("got %s version %d and %v, want %s version 5", changed.State, changed.Version, err, want)
				}
			})
		}
	}
}

func TestRefusalsSayWhatIsPossibleInstead(t *testing.T) {
	one := func(state TaskState) Task {
		return Task{Number: 12, State: state, Assignees: []Assignee{{MemberID: 5, State: state}}}
	}
	tests := []struct {
		name     string
		act      func() (Task, error)
		code     string
		state    string
		possible string
	}{
		{"handing in twice", func() (Task, error) { return one(TaskSubmitted).Submit(5) },
			"already_submitted", "submitted", "accepted,sent_back,deadline_changed,reassigned,cancelled"},
		{"progress on a done task", func() (Task, error) { return one(TaskDone).Report(5, 10) }, "task_done", "done", "reopened"},
		{"a stranger to a done task", func() (Task, error) { return one(TaskDone).Submit(9) }, "task_done", "done", "reopened"},
		{"a new date for a cancelled task", func() (Task, error) { return one(TaskCancelled).Reschedule(Deadline{}) },
			"task_cancelled", "cancelled", "reopened"},
		{"accepting what was not handed in", func() (Task, error) { return one(TaskBlocked).Accept() }, "not_submitted", "blocked",
			"acknowledged,taken,progress,obstacle,submitted,deadline_changed,reassigned,cancelled"},
		{"sending back what was not handed in", func() (Task, error) { return one(TaskNew).SendBack() }, "not_submitted", "new",
			"acknowledged,taken,progress,obstacle,submitted,deadline_changed,reassigned,cancelled"},
		{"reopening what is handed in", func() (Task, error) { return one(TaskSubmitted).Reopen() }, "not_ended", "submitted",
			"accepted,sent_back,deadline_changed,reassigned,cancelled"},
		{"progress of somebody else", func() (Task, error) { return one(TaskNew).Report(6, 10) }, "not_assignee", "new",
			"acknowledged,taken,progress,obstacle,submitted,deadline_changed,reassigned,cancelled"},
		{"promising for somebody else", func() (Task, error) { return one(TaskNew).Acknowledge(6) }, "not_assignee", "new",
			"acknowledged,taken,progress,obstacle,submitted,deadline_changed,reassigned,cancelled"},
		{"promising a done task", func() (Task, error) { return one(TaskDone).Acknowledge(5) }, "task_done", "done", "reopened"},
		{"promising handed-in work", func() (Task, error) { return one(TaskSubmitted).Acknowledge(5) },
			"already_submitted", "submitted", "accepted,sent_back,deadline_changed,reassigned,cancelled"},
		{"taking a cancelled task", func() (Task, error) { return one(TaskCancelled).Take(6) }, "task_cancelled", "cancelled", "reopened"},
		{"nobody takes", func() (Task, error) { return Task{State: TaskNew}.Take(Everyone) }, "not_assignee", "new",
			"acknowledged,taken,progress,obstacle,submitted,deadline_changed,reassigned,cancelled"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.act()
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("got %v, want a refusal", err)
			}
			if refusal.Code != test.code || refusal.Details["state"] != test.state || refusal.Details["possible"] != test.possible {
				t.Fatalf("got %s %v, want %s in %s, possible %s", refusal.Code, refusal.Details, test.code, test.state, test.possible)
			}
		})
	}
	if _, err := one(TaskNew).Report(5, 101); codeOf(t, err) != "bad_percent" {
		t.Fatalf("101 percent: %v", err)
	}
}

func TestTwoAssigneesMoveOneByOne(t *testing.T) {
	start := Task{Number: 3, State: TaskNew, Assignees: AssignTo(5, 6, 5)}
	steps := []struct {
		name  string
		act   func(Task) (Task, error)
		whole TaskState
		five  TaskState
		six   TaskState
	}{
		{"five begins", func(t Task) (Task, error) { return t.Report(5, 60) }, TaskNew, TaskInProgress, TaskNew},
		{"five hands in, six has not begun", func(t Task) (Task, error) { return t.Submit(5) }, TaskNew, TaskSubmitted, TaskNew},
		{"six meets an obstacle", func(t Task) (Task, error) { return t.Obstruct(6) }, TaskBlocked, TaskSubmitted, TaskBlocked},
		{"progress for everyone spares what is handed in", func(t Task) (Task, error) { return t.Report(Everyone, -1) },
			TaskInProgress, TaskSubmitted, TaskInProgress},
		{"six hands in", func(t Task) (Task, error) { return t.Submit(6) }, TaskSubmitted, TaskSubmitted, TaskSubmitted},
		{"sent back to both", Task.SendBack, TaskInProgress, TaskInProgress, TaskInProgress},
		{"the coordinator hands in for both", func(t Task) (Task, error) { return t.Submit(Everyone) },
			TaskSubmitted, TaskSubmitted, TaskSubmitted},
		{"accepted", Task.Accept, TaskDone, TaskDone, TaskDone},
		{"reopened", Task.Reopen, TaskInProgress, TaskInProgress, TaskInProgress},
		{"cancelled", Task.Cancel, TaskCancelled, TaskCancelled, TaskCancelled},
		{"reopened anew", Task.Reopen, TaskNew, TaskNew, TaskNew},
	}
	task := start
	for _, step := range steps {
		changed, err := step.act(task)
		if err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		five, _ := changed.Assignee(5)
		six, _ := changed.Assignee(6)
		if changed.State != step.whole || five.State != step.five || six.State != step.six || changed.Version != task.Version+1 {
			t.Fatalf("%s: whole %s, five %s, six %s", step.name, changed.State, five.State, six.State)
		}
		task = changed
	}
	if five, _ := task.Assignee(5); five.Progress != 0 || len(task.Assignees) != 2 {
		t.Fatalf("after reopening a cancelled task: %+v", task.Assignees)
	}
	if blocked, err := start.Obstruct(5); err != nil || start.State != TaskNew || start.Assignees[0] != AssignTo(5)[0] {
		t.Fatalf("the task that was changed from is touched: %+v to %+v, %v", start, blocked, err)
	}
	reported, _ := start.Report(5, 60)
	if again, err := reported.Report(5, -1); err != nil || again.Assignees[0].Progress != 60 || again.Assignees[1].Progress != 0 {
		t.Fatalf("without a percentage it is kept: %+v, %v", again, err)
	}
	if whole := Combine(TaskDone, []Assignee{{MemberID: 5}, {MemberID: 6, State: TaskSubmitted}}); whole != TaskNew {
		t.Fatalf("a member in no state has not begun: %s", whole)
	}
}

func TestTaking(t *testing.T) {
	open := Task{Number: 8, State: TaskBlocked}
	ofGroup := Task{Number: 8, State: TaskNew, Assignees: AssignToGroup(2)}
	for name, task := range map[string]Task{"open to its group": open, "assigned to a group": ofGroup} {
		t.Run(name, func(t *testing.T) {
			taken, err := task.Take(5)
			want := []Assignee{{MemberID: 5, State: TaskInProgress, Acknowledged: true}}
			if err != nil || taken.State != TaskInProgress || !slices.Equal(taken.Assignees, want) {
				t.Fatalf("got %+v, %v", taken, err)
			}
			_, err = taken.Take(6)
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Code != "already_taken" || refusal.Details["member"] != "5" {
				t.Fatalf("the second one: %v", err)
			}
			if _, err = taken.Take(5); codeOf(t, err) != "already_yours" {
				t.Fatalf("the same one again: %v", err)
			}
		})
	}
	assigned := Task{State: TaskNew, Assignees: AssignTo(5)}
	if begun, err := assigned.Take(5); err != nil || begun.State != TaskInProgress || !begun.Assignees[0].Acknowledged {
		t.Fatalf("an assignee begins by taking: %+v, %v", begun, err)
	}
	if reported, err := ofGroup.Submit(5); err != nil || reported.State != TaskSubmitted || reported.Assignees[0].State != TaskSubmitted {
		t.Fatalf("work handed in for a group: %+v, %v", reported, err)
	}
}

func TestAcknowledgingStandsBesideTheState(t *testing.T) {
	task := Task{State: TaskBlocked, Assignees: []Assignee{{MemberID: 5, State: TaskBlocked}, {MemberID: 6, State: TaskNew}}}
	promised, err := task.Acknowledge(5)
	if err != nil || promised.State != TaskBlocked || !promised.Assignees[0].Acknowledged || promised.Assignees[1].Acknowledged {
		t.Fatalf("got %+v, %v", promised, err)
	}
	if _, err := promised.Acknowledge(5); codeOf(t, err) != "already_acknowledged" {
		t.Fatalf("twice: %v", err)
	}
	if _, err := (Task{State: TaskNew, Assignees: AssignToGroup(2)}).Acknowledge(5); codeOf(t, err) != "not_assignee" {
		t.Fatalf("a group's task is taken, not acknowledged: %v", err)
	}
}

func TestReassigning(t *testing.T) {
	task := Task{State: TaskSubmitted, Assignees: []Assignee{{MemberID: 5, State: TaskSubmitted, Progress: 90, Acknowledged: true}}}
	tests := []struct {
		name string
		to   []Assignee
		want []Assignee
		code string
	}{
		{"to two, one of whom had it", []Assignee{{MemberID: 5, State: TaskDone}, {MemberID: 6}}, AssignTo(5, 6), ""},
		{"to a group", AssignToGroup(2), AssignToGroup(2), ""},
		{"to nobody", nil, nil, ""},
		{"to a group and a member", []Assignee{{MemberID: 5}, {GroupID: 2}}, nil, "mixed_assignees"},
		{"to two groups", []Assignee{{GroupID: 1}, {GroupID: 2}}, nil, "mixed_assignees"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed, err := task.Reassign(test.to)
			if code := codeOf(t, err); code != test.code {
				t.Fatalf("got %q, want %q", code, test.code)
			}
			if err == nil && (changed.State != TaskNew || !slices.Equal(changed.Assignees, test.want)) {
				t.Fatalf("got %+v", changed)
			}
		})
	}
}

func TestReschedulingAnswersTheQuestionForADate(t *testing.T) {
	task := Task{State: TaskSubmitted, DeadlineAsked: true}
	changed, err := task.Reschedule(Deadline{Zone: "Asia/Makassar"})
	if err != nil || changed.DeadlineAsked || changed.Deadline.Zone != "Asia/Makassar" || changed.State != TaskSubmitted {
		t.Fatalf("got %+v, %v", changed, err)
	}
}

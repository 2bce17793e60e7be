package council

import (
	"errors"
	"testing"
)

func TestATaskGoesOnWithoutWhoIsGone(t *testing.T) {
	both := func(mine, other TaskState) []Assignee {
		return []Assignee{{MemberID: 1, State: mine}, {MemberID: 2, State: other}}
	}
	tests := map[string]struct {
		task    Task
		left    int
		state   TaskState
		refusal string
	}{
		"nobody is left":                     {Task{State: TaskInProgress, Assignees: []Assignee{{MemberID: 1, State: TaskInProgress}}}, 0, TaskNew, ""},
		"nobody is left of what was blocked": {Task{State: TaskBlocked, Assignees: []Assignee{{MemberID: 1, State: TaskBlocked}}}, 0, TaskNew, ""},
		"it waits to be checked":             {Task{State: TaskSubmitted, Assignees: []Assignee{{MemberID: 1, State: TaskSubmitted}}}, 0, TaskSubmitted, ""},
		"the other works":                    {Task{State: TaskNew, Assignees: both(TaskNew, TaskInProgress)}, 1, TaskInProgress, ""},
		"the obstacle goes along":            {Task{State: TaskBlocked, Assignees: both(TaskBlocked, TaskInProgress)}, 1, TaskInProgress, ""},
		"the other has handed in":            {Task{State: TaskInProgress, Assignees: both(TaskInProgress, TaskSubmitted)}, 1, TaskSubmitted, ""},
		"somebody else's":                    {Task{State: TaskNew, Assignees: []Assignee{{MemberID: 2, State: TaskNew}}}, 1, TaskNew, "not_assignee"},
		"a group's":                          {Task{State: TaskNew, Assignees: []Assignee{{GroupID: 1, State: TaskNew}}}, 1, TaskNew, "not_assignee"},
		"done":                               {Task{State: TaskDone, Assignees: []Assignee{{MemberID: 1, State: TaskDone}}}, 1, TaskDone, "task_done"},
		"cancelled":                          {Task{State: TaskCancelled, Assignees: []Assignee{{MemberID: 1, State: TaskNew}}}, 1, TaskCancelled, "task_cancelled"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := len(test.task.Assignees)
			after, err := test.task.LetGo(1)
			var refusal *Refusal
			if errors.As(err, &refusal) != (test.refusal != "") || refusal != nil && refusal.Code != test.refusal {
				t.Fatalf("refused with %v, want %q", err, test.refusal)
			}
			if len(after.Assignees) != test.left || after.State != test.state || len(test.task.Assignees) != before {
				t.Errorf("became %s with %d, want %s with %d", after.State, len(after.Assignees), test.state, test.left)
			}
			if moved := after.Version != test.task.Version; moved != (err == nil) {
				t.Errorf("version %d after %d", after.Version, test.task.Version)
			}
		})
	}
}

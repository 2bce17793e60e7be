package council

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// numbered are open tasks with these numbers.
func numbered(numbers ...int64) []Task {
	tasks := make([]Task, len(numbers))
	for i, number := range numbers {
		tasks[i] = Task{Number: number, State: TaskNew}
	}
	return tasks
}

func TestWaitingIsRefused(t *testing.T) {
	open := Task{Number: 12, State: TaskInProgress}
	waiting := open
	waiting.Waits = []Awaited{{Number: 9}}
	full := open
	for number := range int64(WaitLimit) {
		full.Waits = append(full.Waits, Awaited{Number: 100 + number})
	}
	tests := map[string]struct {
		task    Task
		awaited []Task
		all     Waits
		code    string
		circle  string
	}{
		"another":                        {open, numbered(9), nil, "", ""},
		"several":                        {open, numbered(10, 9), nil, "", ""},
		"one of them anew":               {waiting, numbered(9, 10), Waits{12: {9}}, "", ""},
		"itself":                         {open, numbered(12), nil, "wait_circle", "T-12 → T-12"},
		"one that waits for it":          {open, numbered(9), Waits{9: {12}}, "wait_circle", "T-12 → T-9 → T-12"},
		"a longer circle":                {open, numbered(9), Waits{9: {4, 5}, 4: {12}, 5: {6}}, "wait_circle", "T-12 → T-9 → T-4 → T-12"},
		"the shorter of two circles":     {open, numbered(9), Waits{9: {4, 5}, 4: {6}, 6: {12}, 5: {12}}, "wait_circle", "T-12 → T-9 → T-5 → T-12"},
		"a circle behind one without":    {open, numbered(8, 9), Waits{9: {12}}, "wait_circle", "T-12 → T-9 → T-12"},
		"two ways to one":                {open, numbered(9), Waits{9: {4, 5}, 4: {6}, 5: {6}}, "", ""},
		"an ended one":                   {open, []Task{{Number: 9, State: TaskDone}}, nil, "awaited_ended", ""},
		"the same again":                 {waiting, numbered(9), Waits{12: {9}}, "already_waiting", ""},
		"one too many":                   {full, numbered(9), nil, "too_many_waits", ""},
		"what is handed in":              {Task{Number: 12, State: TaskSubmitted}, numbered(9), nil, "already_submitted", ""},
		"what is done":                   {Task{Number: 12, State: TaskDone}, numbered(9), nil, "task_done", ""},
		"what is cancelled":              {Task{Number: 12, State: TaskCancelled}, numbered(9), nil, "task_cancelled", ""},
		"a circle is shown though ended": {open, []Task{{Number: 9, State: TaskDone}}, Waits{9: {12}}, "wait_circle", "T-12 → T-9 → T-12"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			changed, err := test.task.WaitFor(test.awaited, test.all)
			if test.code == "" {
				if err != nil || !changed.Waiting() || changed.Version != test.task.Version+1 || !slices.IsSorted(changed.WaitsFor()) {
					t.Fatalf("%+v, %v", changed, err)
				}
				return
			}
			if code := codeOf(t, err); code != test.code || err.(*Refusal).Details["circle"] != test.circle || changed.Version != test.task.Version {
				t.Fatalf("%v, %v", code, err.(*Refusal).Details)
			}
		})
	}
}

func TestALongCircleIsShortened(t *testing.T) {
	all := Waits{}
	for number := int64(1); number < 40; number++ {
		all[number] = []int64{number + 1}
	}
	_, err := Task{Number: 40, State: TaskNew}.WaitFor(numbered(1), all)
	want := "T-40 → T-1 → T-2 → T-3 → T-4 → T-5 → T-6 → T-7 → T-8 → T-9 → … → T-39 → T-40"
	if got := err.(*Refusal).Details["circle"]; got != want {
		t.Fatalf("%q", got)
	}
}

func TestAWaitingTaskIsSetFree(t *testing.T) {
	now := time.Date(2026, 6, 2, 1, 0, 0, 0, time.UTC)
	task := Task{Number: 12, State: TaskNew, CreatedAt: now.AddDate(0, 0, -20), Waits: []Awaited{{Number: 9}, {Number: 10, Over: true}},
		Assignees: []Assignee{{MemberID: 1, State: TaskNew}, {MemberID: 2, State: TaskInProgress, ActiveAt: now.AddDate(0, 0, -9)}, {MemberID: 3, State: TaskSubmitted}}}
	if _, err := task.WaitNoMore(now, 11); codeOf(t, err) != "not_waiting" {
		t.Errorf("for one that it does not wait for: %v", err)
	}
	still, err := task.WaitNoMore(now, 10)
	if err != nil || !still.Waiting() || !still.Assignees[0].AssignedAt.IsZero() {
		t.Errorf("another is awaited still: %+v, %v", still, err)
	}
	free, err := task.WaitNoMore(now)
	if err != nil || free.Waiting() || len(free.Waits) != 0 || free.Version != task.Version+1 {
		t.Fatalf("%+v, %v", free, err)
	}
	if given, active, handedIn := free.Assignees[0].AssignedAt, free.Assignees[1].ActiveAt, free.Assignees[2]; !given.Equal(now) || !active.Equal(now) || !handedIn.ActiveAt.IsZero() {
		t.Errorf("the times do not begin anew: %+v", free.Assignees)
	}
	if !task.Assignees[0].AssignedAt.IsZero() {
		t.Error("the task before has changed as well")
	}
	submitted, err := task.Submit(Everyone)
	if err != nil || submitted.Waiting() || submitted.Waits != nil {
		t.Errorf("handed in, and waits: %+v, %v", submitted, err)
	}
	cancelled, err := task.Cancel()
	if err != nil || cancelled.Waiting() || cancelled.Waits != nil {
		t.Errorf("cancelled, and waits: %+v, %v", cancelled, err)
	}
}

// hasCircle looks for a circle by following every way from every task.
func hasCircle(all Waits) bool {
	var follow func(at int64, path []int64) bool
	follow = func(at int64, path []int64) bool {
		if slices.Contains(path, at) {
			return true
		}
		return slices.ContainsFunc(all[at], func(next int64) bool { return follow(next, append(path, at)) })
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(all)), func(from int64) bool { return follow(from, nil) })
}

// TestWaitingNeverMakesACircle: whatever is let wait, ended, handed in and put
// back, nobody waits for himself, by whatever way; and what is refused would have.
func TestWaitingNeverMakesACircle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const count = 7
		tasks, before := map[int64]Task{}, map[int64]Task{}
		for number := range int64(count) {
			tasks[number+1] = Task{Number: number + 1, State: TaskNew}
		}
		all := func() Waits {
			waits := Waits{}
			for number, task := range tasks {
				for _, wait := range task.Waits {
					waits[number] = append(waits[number], wait.Number)
				}
			}
			return waits
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			number := rapid.Int64Range(1, count).Draw(t, "task")
			task, changed, err := tasks[number], Task{}, error(nil)
			switch rapid.SampledFrom([]string{"wait", "wait", "wait", "free", "submit", "send back", "undo"}).Draw(t, "what") {
			case "wait":
				other := rapid.Int64Range(1, count).Draw(t, "awaited")
				changed, err = task.WaitFor([]Task{tasks[other]}, all())
				if err != nil && err.(*Refusal).Code == "wait_circle" {
					would := all()
					would[number] = append(would[number], other)
					if !hasCircle(would) {
						t.Fatalf("%d may not wait for %d, though no circle would close in %v", number, other, would)
					}
				}
			case "free":
				changed, err = task.WaitNoMore(time.Time{}, rapid.SliceOfN(rapid.Int64Range(1, count), 0, 2).Draw(t, "freed")...)
			case "submit":
				changed, err = task.Submit(Everyone)
			case "send back":
				changed, err = task.SendBack()
			case "undo":
				changed = before[number].Restore(before[number].Waits, all())
				if changed.Number == 0 {
					continue
				}
			}
			if err != nil {
				continue
			}
			before[number], tasks[number] = task, changed
			if waits := all(); hasCircle(waits) {
				t.Fatalf("a circle: %v", waits)
			}
		}
	})
}

// TestNobodyIsRemindedOfWhatWaits: nothing is planned for a task that waits, what
// was planned goes, and what comes due is dropped; once free, it is reminded as if
// it had been planned at that moment, and nothing lies in the past.
func TestNobodyIsRemindedOfWhatWaits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		task := drawTask(t, now, timing)
		waiting := task
		waiting.Waits = []Awaited{{Number: 9}}
		later := now.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, "minutes")) * time.Minute)
		planned := PlanTask(task, now, timing)
		for _, nothing := range [][]Reminder{PlanTask(waiting, later, timing), Replan(waiting, planned, later, timing), NextOverdue(waiting, "", later, timing), PlanCare(waiting, later, timing)} {
			if len(nothing) > 0 {
				t.Fatalf("planned for what waits: %s", written(nothing))
			}
		}
		for _, reminder := range planned {
			if timing.Stays(reminder, waiting, later) {
				t.Fatalf("%+v stays", reminder)
			}
			if decision := DecideTask(reminder, waiting, later, timing); decision.Verdict != Drop || decision.Reason != "waiting_for" {
				t.Fatalf("%+v: %+v", reminder, decision)
			}
		}
		free := waiting.Resume(later)
		free.Waits = []Awaited{{Number: 9, Over: true}}
		anew := PlanTask(free, later, timing)
		for _, reminder := range anew {
			if !reminder.Due.After(later) {
				t.Fatalf("%+v lies in the past of %s", reminder, later)
			}
		}
		fresh := task.Resume(later)
		if want := PlanTask(fresh, later, timing); !slices.Equal(anew, want) {
			t.Fatalf("freed: %s, planned at that moment: %s", written(anew), written(want))
		}
	})
}

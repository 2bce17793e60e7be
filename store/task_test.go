package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

func create(t testing.TB, tx *Tx, task council.Task) council.Task {
	t.Helper()
	if task.CreatedAt.IsZero() {
		task.CreatedAt = noon
	}
	if task.State == "" {
		task.State = council.TaskNew
	}
	return got(tx.CreateTask(task, 0, 0))(t)
}

// someTask draws any task that the rules can make.
func someTask(draw *rapid.T) council.Task {
	moments := rapid.Custom(func(draw *rapid.T) time.Time {
		return time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(draw, "milliseconds")).UTC()
	})
	states := rapid.SampledFrom([]council.TaskState{
		council.TaskNew, council.TaskInProgress, council.TaskBlocked, council.TaskSubmitted, council.TaskDone, council.TaskCancelled,
	})
	task := council.Task{
		Title: rapid.String().Draw(draw, "title"), FullText: rapid.String().Draw(draw, "full text"),
		GroupID: rapid.Int64Range(0, 9).Draw(draw, "group"), EvaluationID: rapid.Int64Range(0, 9).Draw(draw, "evaluation"),
		CreatedBy: 1, CreatedAt: moments.Draw(draw, "created"), State: states.Draw(draw, "state"), DeadlineAsked: rapid.Bool().Draw(draw, "asked"),
	}
	if rapid.Bool().Draw(draw, "has deadline") {
		task.Deadline = council.Deadline{At: moments.Draw(draw, "deadline"), Zone: "Asia/Jakarta"}
	}
	if rapid.Bool().Draw(draw, "repeats") {
		task.Recurrence = &council.Recurrence{Unit: council.EveryMonth, Every: 1, Day: rapid.IntRange(-1, 31).Draw(draw, "day"), Hour: 9}
	}
	for member := range rapid.Int64Range(0, 4).Draw(draw, "assignees") {
		assignee := council.Assignee{
			MemberID: member + 1, State: states.Draw(draw, "own state"),
			Progress: rapid.IntRange(0, 100).Draw(draw, "progress"), Acknowledged: rapid.Bool().Draw(draw, "acknowledged"),
		}
		for name, at := range map[string]*time.Time{"assigned": &assignee.AssignedAt, "active": &assignee.ActiveAt, "snoozed": &assignee.SnoozedUntil} {
			if rapid.Bool().Draw(draw, name+" is known") {
				*at = time.UnixMilli(rapid.Int64Range(1, 4e12).Draw(draw, name)).UTC() // 0 is never
			}
		}
		task.Assignees = append(task.Assignees, assignee)
	}
	return task
}

func TestATaskIsReadAsItWasCreatedAndAsItWasSaved(t *testing.T) {
	tx := writing(t)
	numbers := map[int64]bool{}
	rapid.Check(t, func(draw *rapid.T) {
		task, err := tx.CreateTask(someTask(draw), 0, 0)
		if err != nil || task.Version != 1 || numbers[task.Number] {
			draw.Fatalf("created %+v, %v", task, err)
		}
		numbers[task.Number] = true
		if difference := cmp.Diff(task, got(tx.Task(task.Number))(t)); difference != "" {
			draw.Fatalf("created:\n%s", difference)
		}
		changed := someTask(draw)
		changed.Number, changed.CreatedAt, changed.Version = task.Number, task.CreatedAt, 7
		ok(t, tx.SaveTask(changed, noon))
		if difference := cmp.Diff(changed, got(tx.Task(task.Number))(t)); difference != "" {
			draw.Fatalf("saved:\n%s", difference)
		}
	})
}

func TestATaskThatIsNotThere(t *testing.T) {
	tx := writing(t)
	if _, err := tx.Task(1); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v", err)
	}
}

func TestTheCommandThatMadeATaskFindsItAndTellsWhetherItWasTouched(t *testing.T) {
	tx := writing(t)
	task := got(tx.CreateTask(council.Task{Title: "x", State: council.TaskNew, CreatedAt: noon, Assignees: council.AssignTo(3)}, -5, 31))(t)
	create(t, tx, council.Task{Title: "by nobody's command"})
	if found := got(tx.TaskByCommand(-5, 31))(t); found.Number != task.Number || len(found.Assignees) != 1 {
		t.Errorf("found %+v", found)
	}
	for place, command := range map[string][2]int{"another chat": {-6, 31}, "another message": {-5, 32}, "no message": {0, 0}} {
		if _, err := tx.TaskByCommand(int64(command[0]), command[1]); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", place, err)
		}
	}
	task.Title = "dikoreksi"
	ok(t, tx.SaveTask(task, noon)) // a correction by the command itself keeps the version
	if found := got(tx.TaskByCommand(-5, 31))(t); found.Version != 1 || found.Title != "dikoreksi" {
		t.Errorf("corrected: %+v", found)
	}
	task = got(task.Acknowledge(3))(t)
	ok(t, tx.SaveTask(task, noon))
	if found := got(tx.TaskByCommand(-5, 31))(t); found.Version == 1 || found.Number != task.Number {
		t.Errorf("touched: %+v", found)
	}
}

func TestATaskEndsOnceUntilItIsReopened(t *testing.T) {
	tx := writing(t)
	task := create(t, tx, council.Task{Title: "x"})
	hour := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
	steps := []struct {
		name  string
		state council.TaskState
		at    int
		ended int // hours after noon; 0 for not ended
	}{
		{"in progress", council.TaskInProgress, 1, 0},
		{"submitted", council.TaskSubmitted, 2, 0},
		{"accepted", council.TaskDone, 3, 3},
		{"saved again, as for its card", council.TaskDone, 4, 3},
		{"reopened", council.TaskInProgress, 5, 0},
		{"cancelled", council.TaskCancelled, 6, 6},
		{"undone", council.TaskInProgress, 7, 0},
		{"done at last", council.TaskDone, 8, 8},
	}
	for _, step := range steps {
		task.State = step.state
		ok(t, tx.SaveTask(task, hour(step.at)))
		ended := number(t, tx, `SELECT coalesce(ended_at, 0) FROM task WHERE number = ?`, task.Number)
		if want := hour(step.ended).UnixMilli(); step.ended == 0 && ended != 0 || step.ended != 0 && ended != want {
			t.Errorf("%s: ended at %v", step.name, time.UnixMilli(ended).UTC())
		}
	}
	for since, want := range map[time.Time]int{hour(8): 1, hour(9): 0} {
		if count := got(tx.CountMatching(TaskFilter{EndedSince: since}))(t); count != want {
			t.Errorf("done since %v: %d", since, count)
		}
	}
}

func TestOpenTaskNumbersAreThoseToPlanFor(t *testing.T) {
	tx := writing(t)
	deadline := council.Deadline{At: noon, Zone: "Asia/Makassar"}
	dateless := create(t, tx, council.Task{Title: "tanpa tenggat"}) // it may be asked about as well
	open := create(t, tx, council.Task{Title: "terbuka", Deadline: deadline})
	submitted := create(t, tx, council.Task{Title: "menunggu", Deadline: deadline, State: council.TaskSubmitted})
	create(t, tx, council.Task{Title: "selesai", Deadline: deadline, State: council.TaskDone})
	if difference := cmp.Diff([]int64{dateless.Number, open.Number, submitted.Number}, got(tx.OpenTaskNumbers())(t)); difference != "" {
		t.Error(difference)
	}
}

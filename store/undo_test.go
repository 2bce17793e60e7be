package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rembuk/rembuk/council"
)

func TestUndoKeepsTheThingAsItWasBeforeItsLastChange(t *testing.T) {
	tx := writing(t)
	before := council.Task{
		Number: 12, Title: "Rekap", CreatedAt: noon, Deadline: council.Deadline{At: noon, Zone: "Asia/Makassar"}, State: council.TaskNew,
		Assignees: council.AssignTo(3, 4), Recurrence: &council.Recurrence{Unit: council.EveryWeek, Every: 2, Weekday: time.Friday}, Version: 2,
	}
	undo := Undo{Subject: "T-12", MemberID: 3, Version: 3, Told: []int64{4, 55}, ChangedAt: noon}
	ok(t, tx.KeepUndo(Undo{Subject: "T-12", MemberID: 9, Version: 2, ChangedAt: noon.Add(-time.Minute)}, council.Task{Title: "older"}))
	ok(t, tx.KeepUndo(undo, before))
	var restored council.Task
	last := got(tx.LastUndo("T-12", &restored))(t)
	if difference := cmp.Diff(undo, last, cmpopts.IgnoreUnexported(Undo{})); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff(before, restored); difference != "" {
		t.Errorf("restored:\n%s", difference)
	}
	ok(t, tx.ForgetUndo("T-12"))
	if _, err := tx.LastUndo("T-12", &restored); !errors.Is(err, ErrNotFound) {
		t.Errorf("forgotten: %v", err)
	}
}

func TestWhatSomebodyChangedLast(t *testing.T) {
	tx := writing(t)
	if _, err := tx.LastUndoOf(3); !errors.Is(err, ErrNotFound) {
		t.Errorf("nothing: %v", err)
	}
	for subject, change := range map[string]struct {
		member  int64
		minutes int
	}{"T-1": {3, 5}, "T-2": {3, 9}, "T-3": {4, 11}, "E-1": {3, 7}} {
		ok(t, tx.KeepUndo(Undo{Subject: subject, MemberID: change.member, ChangedAt: noon.Add(time.Duration(change.minutes) * time.Minute)}, 0))
	}
	if subject := got(tx.LastUndoOf(3))(t); subject != "T-2" {
		t.Errorf("it is %s", subject)
	}
	ok(t, tx.PruneUndo(noon.Add(9*time.Minute)))
	left := got(all(tx, scalar[string], `SELECT subject FROM undo ORDER BY subject`))(t)
	if difference := cmp.Diff([]string{"T-2", "T-3"}, left); difference != "" {
		t.Errorf("after pruning:\n%s", difference)
	}
}

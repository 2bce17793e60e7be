package store

import (
	"testing"

	"github.com/rembuk/rembuk/council"
)

// TestNumbersAfterAGap makes a thing before and after, of a kind that had some and of
// one that had none.
func TestNumbersAfterAGap(t *testing.T) {
	tx := writing(t)
	who := people(t, tx, "Ramlah")[0]
	before := got(tx.CreateTask(council.Task{Title: "Peta drainase", CreatedBy: who.ID, CreatedAt: noon, State: council.TaskNew, Version: 1}, 0, 0))(t)
	ok(t, tx.LeaveGap())
	after := got(tx.CreateTask(council.Task{Title: "Peta jalan", CreatedBy: who.ID, CreatedAt: noon, State: council.TaskNew, Version: 1}, 0, 0))(t)
	if after.Number != before.Number+namedGap+1 {
		t.Errorf("T-%d came after T-%d", after.Number, before.Number)
	}
	if next := number(t, tx, `SELECT seq FROM sqlite_sequence WHERE name = 'idea'`); next != namedGap {
		t.Errorf("of ideas, of which there are none, %d are left out", next)
	}
	if id := number(t, tx, `SELECT seq FROM sqlite_sequence WHERE name = 'event'`); id < unnamedGap {
		t.Errorf("of events, %d are left out", id)
	}
}

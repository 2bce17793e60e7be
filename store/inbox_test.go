package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func update(id, chatID int64, raw string) Received {
	return Received{UpdateID: id, ChatID: chatID, Raw: raw}
}

func raw(t *testing.T, tx *Tx, id int64) string {
	t.Helper()
	return got(one(tx, scalar[string], `SELECT raw FROM inbox WHERE update_id = ?`, id))(t)
}

func TestAnUpdateIsReceivedOnce(t *testing.T) {
	tx := writing(t)
	first := []Received{update(12, 1, `{"b":1}`), update(11, 2, `{"a":1}`)}
	if difference := cmp.Diff(first, got(tx.Receive(first, noon))(t)); difference != "" {
		t.Errorf("fresh ones, in the order given:\n%s", difference)
	}
	again := []Received{update(11, 2, `{"other":1}`), update(13, 1, `{"c":1}`), update(13, 1, `{"c":1}`)}
	if difference := cmp.Diff(again[1:2], got(tx.Receive(again, noon))(t)); difference != "" {
		t.Errorf("of repeated ones only the new one is fresh:\n%s", difference)
	}
	want := []Received{first[1], first[0], again[1]}
	if difference := cmp.Diff(want, got(tx.Waiting(0, 10))(t)); difference != "" {
		t.Errorf("waiting, oldest first:\n%s", difference)
	}
}

func TestAnUpdateIsHandledOnceAndItsWordsGo(t *testing.T) {
	tx := writing(t)
	got(tx.Receive([]Received{update(1, 7, `{"text":"rahasia"}`), update(2, 7, `{}`)}, noon))(t)
	for i, want := range []bool{true, false} {
		if still := got(tx.Handled(1))(t); still != want {
			t.Errorf("handled %d times: still waiting is %v", i, still)
		}
	}
	if got(tx.Handled(99))(t) {
		t.Error("an update that never came was waiting")
	}
	if words := raw(t, tx, 1); words != "" {
		t.Errorf("after handling there is still %q", words)
	}
	if waiting := got(tx.CountWaiting())(t); waiting != 1 {
		t.Errorf("%d wait, want 1", waiting)
	}
	if fresh := got(tx.Receive([]Received{update(1, 7, `{"text":"rahasia"}`)}, noon))(t); len(fresh) != 0 {
		t.Error("a handled update was received again")
	}
}

func TestWhatIsSetAsideWaitsNoLonger(t *testing.T) {
	tx := writing(t)
	got(tx.Receive([]Received{update(1, 7, `{"x":1}`), update(2, 7, `{}`), update(3, 7, `{}`)}, noon))(t)
	ok(t, tx.SetAside(1, "undecodable", "paid media"))
	got(tx.Handled(2))(t)
	ok(t, tx.SetAside(2, "failed", "too late"))
	want := []SetAsideUpdate{{UpdateID: 1, Kind: "undecodable", Reason: "paid media", At: noon}}
	if difference := cmp.Diff(want, got(tx.SetAsideUpdates())(t)); difference != "" {
		t.Errorf("what was handled is not set aside:\n%s", difference)
	}
	if got(tx.Handled(1))(t) {
		t.Error("an update that was set aside was handled")
	}
	if difference := cmp.Diff([]Received{update(3, 7, `{}`)}, got(tx.Waiting(0, 10))(t)); difference != "" {
		t.Errorf("waiting:\n%s", difference)
	}
}

func TestPruningForgetsTheOldButNeverWhatWaits(t *testing.T) {
	tx := writing(t)
	for day, ids := range [][]int64{{1, 2, 3}, {4, 5, 6}} {
		for _, id := range ids {
			got(tx.Receive([]Received{update(id, 7, `{"text":"kata"}`)}, noon.AddDate(0, 0, day)))(t)
		}
		got(tx.Handled(ids[0]))(t)
		ok(t, tx.SetAside(ids[1], "failed", "reason"))
	}
	ok(t, tx.PruneInbox(noon.Add(time.Hour)))
	left := got(all(tx, scalar[int64], `SELECT update_id FROM inbox ORDER BY update_id`))(t)
	if difference := cmp.Diff([]int64{2, 3, 4, 5, 6}, left); difference != "" {
		t.Errorf("left:\n%s", difference)
	}
	if aside := got(tx.SetAsideUpdates())(t); len(aside) != 2 || aside[0].Reason != "reason" {
		t.Errorf("set aside: %+v", aside)
	}
	if raw(t, tx, 2) != "" || raw(t, tx, 3) == "" || raw(t, tx, 5) == "" {
		t.Error("only the words of what was set aside long ago go")
	}
}

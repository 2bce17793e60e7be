package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func TestEventsCanOnlyBeAppended(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Record(council.Event{At: noon, Subject: council.TaskReference(1), Kind: council.EventCreated}, ""))
	for _, statement := range []string{`UPDATE event SET kind = 'accepted'`, `DELETE FROM event`} {
		if err := tx.run(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if count, untouched, err := tx.CountHistory(council.TaskReference(1)); err != nil || count != 1 || !untouched {
		t.Errorf("%d events", count)
	}
}

func TestHistoryTellsWhoDidWhatInWhichWords(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Sri")[0]
	task, other := council.TaskReference(1), council.TaskReference(12)
	events := []council.Event{
		{At: noon, MemberID: person.ID, Subject: task, Kind: council.EventCreated, Detail: map[string]string{"group": "3"}},
		{At: noon.Add(time.Minute), MemberID: person.ID, Subject: task, Kind: council.EventCommented},
		{At: noon.Add(time.Hour), Subject: task, Kind: council.EventDeadline},
	}
	for i, words := range []string{"", "sudah saya cek – \"aman\"", ""} {
		ok(t, tx.Record(events[i], words))
	}
	ok(t, tx.Record(council.Event{At: noon, Subject: other, Kind: council.EventCreated}, "lain"))
	got(tx.Seen(1000, "Sri Wahyuni", "sri", "id", noon))(t)
	ok(t, tx.SetAddress(person.ID, "Ibu"))

	author := council.Member{ID: person.ID, Name: "Sri Wahyuni", Username: "sri", Address: "Ibu"}
	want := []Happening{{Event: events[2]}, {Event: events[1], Member: author, Words: "sudah saya cek – \"aman\""}, {Event: events[0], Member: author}}
	for i := range want {
		want[i].ID = int64(3 - i)
	}
	want[1].WordsID = 1
	if difference := cmp.Diff(want, got(tx.History(task, 0, 10))(t)); difference != "" {
		t.Errorf("newest first, under the name of today:\n%s", difference)
	}
	if difference := cmp.Diff(want[1:2], got(tx.History(task, 1, 1))(t)); difference != "" {
		t.Errorf("second page:\n%s", difference)
	}
	if count, untouched, err := tx.CountHistory(task); err != nil || count != 3 || untouched {
		t.Errorf("%d events of T-1", count)
	}
}

func TestWordsCanBeErasedWithoutTheEvent(t *testing.T) {
	tx := writing(t)
	ok(t, tx.Record(council.Event{At: noon, MemberID: 5, Subject: council.TaskReference(1), Kind: council.EventCommented}, "nama dan kata"))
	ok(t, tx.run(`DELETE FROM words WHERE member_id = 5`))
	if history := got(tx.History(council.TaskReference(1), 0, 5))(t); len(history) != 1 || history[0].Words != "" || history[0].MemberID != 5 {
		t.Errorf("%+v", history)
	}
}

func TestTheLastEvent(t *testing.T) {
	tx := writing(t)
	if id, at, err := tx.LastEvent(); id != 0 || !at.IsZero() || err != nil {
		t.Errorf("of none: %d, %v, %v", id, at, err)
	}
	for _, hours := range []int{5, 2} { // the clock was set back
		ok(t, tx.Record(council.Event{At: noon.Add(time.Duration(hours) * time.Hour), Kind: council.EventSetting}, ""))
	}
	if id, at, err := tx.LastEvent(); id != 2 || !at.Equal(noon.Add(2*time.Hour)) || err != nil {
		t.Errorf("%d, %v, %v", id, at, err)
	}
}

package main

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// TestTheProgramForgetsWhoAsked: a month after a question was closed, the name under
// which its asker was shown is gone from the database.
func TestTheProgramForgetsWhoAsked(t *testing.T) {
	now := time.Date(2026, 10, 7, 2, 0, 0, 0, time.UTC)
	clock := NewMovableClock(now)
	opened, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "rembuk.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	}()
	p := &Program{clock: clock, store: opened}
	change := func(change func(*store.Tx) error) {
		t.Helper()
		if err := opened.Update(t.Context(), change); err != nil {
			t.Fatal(err)
		}
	}
	var asked council.Question
	change(func(tx *store.Tx) error {
		asker, err := tx.Seen(7, "Fadli", "", "id", now)
		if err != nil {
			return err
		}
		asked, err = tx.CreateQuestion(council.Question{AskerID: asker.ID, Named: true, ShownAs: "Fadli", Text: "kapan?", State: council.QuestionClosed, AskedAt: now, Target: now})
		if err != nil {
			return err
		}
		return tx.Record(council.Event{At: now, Subject: asked.Reference(), Kind: council.EventClosed, MemberID: asker.ID}, "")
	})
	for _, after := range []struct {
		days int
		want string
	}{{29, "Fadli"}, {31, ""}} {
		clock.Set(now.AddDate(0, 0, after.days))
		change(p.forget)
		change(func(tx *store.Tx) (err error) {
			asked, err = tx.Question(asked.Number)
			return err
		})
		if asked.ShownAs != after.want {
			t.Errorf("after %d days the name is %q, want %q", after.days, asked.ShownAs, after.want)
		}
	}
}

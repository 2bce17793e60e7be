package store

import (
	"strings"
	"sync"
	"testing"
)

func TestAViewIsOnePictureWhileOthersWrite(t *testing.T) {
	s := openStore(t)
	ok(t, s.Update(t.Context(), set("a")))
	ok(t, s.View(t.Context(), func(tx *Tx) error {
		count := func() int64 { return number(t, tx, `SELECT count(*) FROM setting`) }
		before := count()
		ok(t, s.Update(t.Context(), set("b")))
		if after := count(); before != 1 || after != before {
			t.Errorf("the picture changed from %d to %d rows", before, after)
		}
		return nil
	}))
	if kept := settings(t, s); kept != "a b" {
		t.Errorf("a new view shows %q", kept)
	}
}

func TestAViewNeverSeesHalfAChange(t *testing.T) {
	s := openStore(t)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 50 {
				err := s.View(t.Context(), func(tx *Tx) error {
					pair, err := all(tx, scalar[string], `SELECT value FROM setting WHERE key IN ('left', 'right')`)
					if err == nil && len(pair) != 0 && (len(pair) != 2 || pair[0] != pair[1]) {
						t.Errorf("half a change: %v", pair)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for turn := range 50 {
		ok(t, s.Update(t.Context(), func(tx *Tx) error {
			value := strings.Repeat("x", turn+1)
			if err := tx.SetSetting("left", value); err != nil {
				return err
			}
			return tx.SetSetting("right", value)
		}))
	}
	readers.Wait()
}

func TestAViewChangesNothing(t *testing.T) {
	s := openStore(t)
	if err := s.View(t.Context(), set("a")); err == nil {
		t.Error("a view changed something")
	}
	if kept := settings(t, s); kept != "" {
		t.Errorf("kept %q", kept)
	}
}

func TestOnQueuedHearsOnlyOfWhatIsCommitted(t *testing.T) {
	s := openStore(t)
	heard := 0
	s.OnQueued(func(queued []Queued) {
		open := read(t, s, (*Tx).OpenOutbox)
		for _, row := range queued {
			heard++
			if row != open[len(open)-1] {
				t.Errorf("heard of %+v, in the database is %+v", row, open)
			}
		}
	})
	out := message(42, "Siap")
	out.NotBefore = noon
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.Queue(out, noon) }))
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.SetSetting("a", "b") }))
	if err := s.Update(t.Context(), func(tx *Tx) error { ok(t, tx.Queue(out, noon)); return ErrNotFound }); err == nil {
		t.Error("no error")
	}
	ok(t, s.View(t.Context(), func(tx *Tx) error { return nil }))
	if heard != 1 {
		t.Errorf("heard of %d rows, want 1", heard)
	}
}

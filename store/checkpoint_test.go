package store

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestTheLogIsBegunAnewWhileWritingNeverEnds writes without a pause, and reads meanwhile, as
// after an outage: the log is not to take more of the disk than what it gathers.
func TestTheLogIsBegunAnewWhileWritingNeverEnds(t *testing.T) {
	const writers, each, atMost = 8, 2000, 12 << 20 // it takes five times as much where it is never begun anew
	s := openStore(t)
	s.checkpointer.from = 256
	words := strings.Repeat("kata ", 5000)
	var working sync.WaitGroup
	for writer := range writers {
		working.Go(func() {
			for i := range each {
				err := s.Note(t.Context(), func(tx *Tx) error { return tx.SetSetting("note "+strconv.Itoa(writer), words+strconv.Itoa(i)) })
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for writer := range writers {
		working.Go(func() {
			for range each {
				err := s.View(t.Context(), func(tx *Tx) error { _, err := tx.Setting("note " + strconv.Itoa(writer)); return err })
				if err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	working.Wait()
	log, err := os.Stat(s.path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if log.Size() > atMost {
		t.Errorf("the log takes %d MB", log.Size()>>20)
	}
	for writer := range writers {
		err := s.View(t.Context(), func(tx *Tx) error {
			value, err := tx.Setting("note " + strconv.Itoa(writer))
			if want := words + strconv.Itoa(each-1); value != want {
				t.Errorf("writer %d left something else than it wrote last", writer)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
)

// slowDisk holds up every sync until the test answers it, with what is to become of it.
type slowDisk struct {
	answers chan error
	syncs   int
	failed  error
}

// onSlowDisk runs a test with an open store, where synctest.Wait tells that everybody is
// waiting for the disk or has been answered.
func onSlowDisk(t *testing.T, test func(*testing.T, *Store, *slowDisk)) {
	inBubble(t, func(t *testing.T, s *Store) {
		disk := &slowDisk{answers: make(chan error)}
		real := s.syncer.sync
		s.syncer.sync = func() error {
			if disk.failed != nil {
				return disk.failed
			}
			disk.syncs++
			if disk.failed = <-disk.answers; disk.failed != nil {
				return disk.failed
			}
			return real()
		}
		s.syncer.failed = func() error { return disk.failed }
		test(t, s, disk)
	})
}

// call is one that is under way.
type call struct {
	answered bool
	err      error
}

func calling(callers *sync.WaitGroup, ask func() error) *call {
	one := &call{}
	callers.Go(func() { one.err = ask(); one.answered = true })
	synctest.Wait()
	return one
}

func TestAnUpdateIsSeenAtOnceAndReturnsWhenTheDiskHasIt(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, s *Store, disk *slowDisk) {
		ctx := context.Background()
		var callers sync.WaitGroup
		update := calling(&callers, func() error { return s.Update(ctx, set("a")) })
		note := calling(&callers, func() error { return s.Note(ctx, set("b")) })
		claim := calling(&callers, func() error { _, err := s.Claim(ctx, 1); return err })
		if update.answered || !note.answered || claim.answered {
			t.Errorf("before the disk has it: the update has returned %v, the note %v, the claim %v", update.answered, note.answered, claim.answered)
		}
		if kept := settings(t, s); kept != "a b" {
			t.Errorf("others see %q", kept)
		}
		disk.answers <- nil
		callers.Wait()
		if err := errors.Join(update.err, note.err, claim.err); err != nil || disk.syncs != 1 {
			t.Errorf("after %d syncs: %v", disk.syncs, err)
		}
		if claim = calling(&callers, func() error { _, err := s.Claim(ctx, 2); return err }); !claim.answered || claim.err != nil {
			t.Errorf("where the disk has everything a claim has returned %v: %v", claim.answered, claim.err)
		}
	})
}

func TestWhatIsCommittedDuringASyncSharesTheNext(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, s *Store, disk *slowDisk) {
		ctx := context.Background()
		var callers sync.WaitGroup
		var updates []*call
		for _, key := range []string{"a", "b", "c", "d"} {
			updates = append(updates, calling(&callers, func() error { return s.Update(ctx, set(key)) }))
		}
		claim := calling(&callers, func() error { _, err := s.Claim(ctx, 1); return err })
		disk.answers <- nil
		synctest.Wait()
		for at, update := range updates {
			if update.answered != (at == 0) {
				t.Errorf("after the first sync update %d has returned %v", at, update.answered)
			}
		}
		if claim.answered {
			t.Error("a claim returned although what was committed before it is not on the disk")
		}
		disk.answers <- nil
		callers.Wait()
		if disk.syncs != 2 {
			t.Errorf("%d syncs", disk.syncs)
		}
	})
}

var errLost = errors.New("the disk has lost it")

func TestASyncThatFailsIsHeardByAllWhoWait(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, s *Store, disk *slowDisk) {
		ctx := context.Background()
		var callers sync.WaitGroup
		waiting := []*call{
			calling(&callers, func() error { return s.Update(ctx, set("a")) }),
			calling(&callers, func() error { _, err := s.Claim(ctx, 1); return err }),
			calling(&callers, func() error { return s.Update(ctx, set("b")) }),
		}
		disk.answers <- errLost
		callers.Wait()
		for at, one := range waiting {
			if !errors.Is(one.err, errLost) {
				t.Errorf("number %d returned %v", at, one.err)
			}
		}
	})
}

func TestAHurriedStoreDoesNotWaitForTheDisk(t *testing.T) {
	onSlowDisk(t, func(t *testing.T, s *Store, disk *slowDisk) {
		var callers sync.WaitGroup
		for _, row := range []struct {
			hurried bool
			syncs   int
		}{{false, 1}, {true, 1}, {true, 1}, {false, 2}} {
			s.Hurry(row.hurried)
			update := calling(&callers, func() error { return s.Update(t.Context(), set("a")) })
			if update.answered != row.hurried || disk.syncs != row.syncs {
				t.Errorf("hurried %v: it has returned %v, after %d syncs", row.hurried, update.answered, disk.syncs)
			}
			if !row.hurried {
				disk.answers <- nil
			}
			callers.Wait()
		}
	})
}

func TestNothingIsSyncedTwice(t *testing.T) {
	s := openStore(t)
	syncs := func() int64 { s.syncing.Lock(); defer s.syncing.Unlock(); return s.synced }
	if before := syncs(); before != -1 {
		t.Errorf("before the first sync %d commits are on the disk", before)
	}
	ok(t, s.Sync())
	ok(t, s.Note(t.Context(), set("a")))
	if syncs() >= s.commits.Load() {
		t.Error("a note is taken to be on the disk")
	}
	ok(t, s.Sync())
	if syncs() != s.commits.Load() {
		t.Errorf("of %d commits %d are on the disk", s.commits.Load(), syncs())
	}
}

package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/mattn/go-sqlite3"

	"github.com/rembuk/rembuk/council"
)

// inBubble runs a test with an open store where synctest.Wait tells that all
// callers of Update stand in the queue.
func inBubble(t *testing.T, test func(*testing.T, *Store)) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	synctest.Test(t, func(t *testing.T) {
		s := got(Open(t.Context(), path))(t)
		defer func() { ok(t, s.Close()) }()
		test(t, s)
	})
}

// together makes all changes wait at once and hands back what each returned:
// the writer is held up until the last of them stands in the queue.
func together(t *testing.T, s *Store, changes ...func(*Tx) error) []error {
	t.Helper()
	release := make(chan struct{})
	results := make([]error, len(changes))
	var callers sync.WaitGroup
	callers.Go(func() { ok(t, s.Update(t.Context(), func(*Tx) error { <-release; return nil })) })
	synctest.Wait()
	for i, change := range changes {
		callers.Go(func() { results[i] = s.Update(t.Context(), change) })
	}
	synctest.Wait()
	close(release)
	callers.Wait()
	return results
}

func set(key string) func(*Tx) error {
	return func(tx *Tx) error {
		if err := tx.Queue(message(1, key), noon); err != nil {
			return err
		}
		return tx.SetSetting(key, "kept")
	}
}

func settings(t *testing.T, s *Store) string {
	t.Helper()
	keys := read(t, s, func(tx *Tx) ([]string, error) { return all(tx, scalar[string], `SELECT key FROM setting ORDER BY key`) })
	return strings.Join(keys, " ")
}

func TestOneThatFallsLeavesTheOthersOfItsBatchAlone(t *testing.T) {
	refusal := council.Refuse("task_done")
	inBubble(t, func(t *testing.T, s *Store) {
		var heard [][]Queued
		s.OnQueued(func(queued []Queued) { heard = append(heard, queued) })
		results := together(t, s,
			set("a"),
			func(tx *Tx) error { return errors.Join(set("b")(tx), refusal) },
			func(tx *Tx) error { ok(t, set("c")(tx)); panic("kata orang") },
			func(tx *Tx) error { ok(t, set("d")(tx)); return tx.GrantRole(99, "leader", "granted") },
			func(tx *Tx) error { return tx.run(`INSERT INTO nowhere VALUES (1)`) },
			set("f"),
		)
		if results[0] != nil || results[5] != nil {
			t.Errorf("the good ones returned %v and %v", results[0], results[5])
		}
		if !errors.Is(results[1], refusal) {
			t.Errorf("the refused one returned %v", results[1])
		}
		var panicked *PanicError
		if !errors.As(results[2], &panicked) || !strings.Contains(string(panicked.Stack), "update_test.go") {
			t.Errorf("the panicking one returned %v", results[2])
		} else if strings.Contains(panicked.Error(), "kata") {
			t.Errorf("the panic's words leak: %v", panicked)
		}
		var failed sqlite3.Error
		if !errors.As(results[3], &failed) || failed.Code != sqlite3.ErrConstraint || Unavailable(results[3]) {
			t.Errorf("the one that broke a rule of the schema returned %v", results[3])
		}
		if results[4] == nil || Unavailable(results[4]) {
			t.Errorf("the bad statement returned %v", results[4])
		}
		if kept := settings(t, s); kept != "a f" {
			t.Errorf("kept %q, want a f", kept)
		}
		if rows := slices.Concat(heard...); len(rows) != 2 {
			t.Errorf("the two rows that were kept should have been announced once each, heard %v", rows)
		}
	})
}

func TestEveryCallerGetsItsOwnResult(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Store) {
		changes := make([]func(*Tx) error, 3*batchLimit)
		for i := range changes {
			changes[i] = func(tx *Tx) error {
				if err := tx.SetSetting(fmt.Sprintf("%03d", i), "kept"); err != nil || i%3 == 0 {
					return errors.Join(err, fmt.Errorf("result %d", i))
				}
				return nil
			}
		}
		for i, err := range together(t, s, changes...) {
			switch {
			case i%3 != 0 && err != nil, i%3 == 0 && (err == nil || err.Error() != fmt.Sprintf("result %d", i)):
				t.Errorf("caller %d got %v", i, err)
			}
		}
		if kept := len(strings.Fields(settings(t, s))); kept != 2*batchLimit {
			t.Errorf("%d changes were kept, want %d", kept, 2*batchLimit)
		}
	})
}

func TestTheChangesOfOneCallerKeepTheirOrder(t *testing.T) {
	s := openStore(t)
	const callers, each = 8, 25
	var group sync.WaitGroup
	for caller := range callers {
		group.Go(func() {
			for turn := range each {
				if err := s.Update(t.Context(), func(tx *Tx) error { return tx.Queue(message(int64(caller), fmt.Sprint(turn)), noon) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for caller := range callers {
		order := read(t, s, func(tx *Tx) ([]int, error) {
			return all(tx, scalar[int], `SELECT CAST(payload ->> '$.text' AS INTEGER) FROM outbox WHERE chat_id = ? ORDER BY id`, caller)
		})
		if len(order) != each || !slices.IsSorted(order) {
			t.Errorf("caller %d: %v", caller, order)
		}
	}
}

func TestATransactionThatSQLiteGaveUpIsMadeAgainForTheOthers(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Store) {
		refusal := council.Refuse("task_done")
		results := together(t, s, set("a"), func(tx *Tx) error {
			_, err := tx.exec("ROLLBACK")
			return errors.Join(err, refusal)
		}, set("c"))
		if results[0] != nil || !errors.Is(results[1], refusal) || results[2] != nil {
			t.Errorf("the callers got %v", results)
		}
		ok(t, s.Update(t.Context(), set("d")))
		if kept := settings(t, s); kept != "a c d" {
			t.Errorf("kept %q, want a c d", kept)
		}
	})
}

func TestAFullDiskIsUnavailableAndPasses(t *testing.T) {
	s := openStore(t)
	big := func(tx *Tx) error { return tx.SetSetting("big", strings.Repeat("x", 1<<20)) }
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.run(`PRAGMA max_page_count = 100`) }))
	if err := s.Update(t.Context(), big); !Unavailable(err) {
		t.Errorf("a full disk gives %v", err)
	}
	ok(t, s.Update(t.Context(), set("small")))
	ok(t, s.Update(t.Context(), func(tx *Tx) error { return tx.run(`PRAGMA max_page_count = 100000`) }))
	ok(t, s.Update(t.Context(), big))
	if kept := settings(t, s); kept != "big small" {
		t.Errorf("kept %q", kept)
	}
}

func TestCloseEndsTheOneInHandAndRefusesThoseThatWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	synctest.Test(t, func(t *testing.T) {
		s := got(Open(t.Context(), path))(t)
		release := make(chan struct{})
		var first, closing error
		waiting := make([]error, 10)
		var callers sync.WaitGroup
		callers.Go(func() {
			first = s.Update(t.Context(), func(tx *Tx) error { <-release; return set("first")(tx) })
		})
		synctest.Wait()
		for i := range waiting {
			callers.Go(func() { waiting[i] = s.Update(t.Context(), set("later")) })
		}
		synctest.Wait()
		callers.Go(func() { closing = s.Close() })
		synctest.Wait()
		close(release)
		callers.Wait()
		if first != nil || closing != nil {
			t.Errorf("the one in hand got %v, Close %v", first, closing)
		}
		for _, err := range waiting {
			if !errors.Is(err, ErrClosed) {
				t.Errorf("one that waited got %v", err)
			}
		}
		if err := s.Update(t.Context(), set("after")); !errors.Is(err, ErrClosed) {
			t.Errorf("after Close Update gives %v", err)
		}
		s = got(Open(t.Context(), path))(t)
		if kept := settings(t, s); kept != "first" {
			t.Errorf("kept %q, want first", kept)
		}
		ok(t, s.Close())
		ok(t, s.Close())
	})
}

func TestACallerWhoGivesUpBeforeItsTurnChangesNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Store) {
		ctx, cancel := context.WithCancel(t.Context())
		release := make(chan struct{})
		var gaveUp error
		var callers sync.WaitGroup
		callers.Go(func() { ok(t, s.Update(t.Context(), func(*Tx) error { <-release; return nil })) })
		synctest.Wait()
		callers.Go(func() { gaveUp = s.Update(ctx, set("never")) })
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(release)
		callers.Wait()
		if !errors.Is(gaveUp, context.Canceled) {
			t.Errorf("got %v", gaveUp)
		}
		for range 20 {
			if err := s.Update(ctx, set("never")); !errors.Is(err, context.Canceled) {
				t.Errorf("with a context that has ended: %v", err)
			}
		}
		if kept := settings(t, s); kept != "" {
			t.Errorf("kept %q", kept)
		}
	})
}

func TestAChangeThatEndsItsGoroutineHangsNobody(t *testing.T) {
	inBubble(t, func(t *testing.T, s *Store) {
		for _, change := range []func(*Tx) error{func(*Tx) error { runtime.Goexit(); return nil }, set("after")} {
			if err := s.Update(t.Context(), change); !errors.Is(err, ErrClosed) {
				t.Errorf("got %v", err)
			}
		}
	})
}

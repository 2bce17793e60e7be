package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
)

// noon is a Monday, 12.00 in Makassar.
var noon = time.Date(2026, 6, 1, 4, 0, 0, 0, time.UTC)

// empty is the file of a new database, made once: the migration takes longer than most tests.
// storetest has the same for other rooms, and cannot be imported here, since it opens a Store.
var empty = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "rembuk.db")
	s, err := Open(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func openStore(t testing.TB) *Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rembuk.db")
	ok(t, os.WriteFile(path, got(empty())(t), 0o600))
	s, err := Open(t.Context(), path)
	ok(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// writing opens a fresh database and one transaction on its writing connection,
// which the test goes on using.
func writing(t testing.TB) *Tx {
	t.Helper()
	s := openStore(t)
	inner, err := s.writer.Begin()
	ok(t, err)
	t.Cleanup(func() { ok(t, inner.Rollback()) })
	return &Tx{inner: inner, linked: &linkedGroups{}, settled: &council.Day{}}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got unwraps a value that must come without an error: got(tx.Task(1))(t).
func got[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return value
	}
}

// read asks one question of the database in a view of its own.
func read[T any](t testing.TB, s *Store, ask func(*Tx) (T, error)) T {
	t.Helper()
	var value T
	ok(t, s.View(t.Context(), func(tx *Tx) (err error) {
		value, err = ask(tx)
		return err
	}))
	return value
}

// number asks for a single number by SQL of the test's own.
func number(t testing.TB, tx *Tx, query string, arguments ...any) int64 {
	t.Helper()
	return got(one(tx, scalar[int64], query, arguments...))(t)
}

func people(t testing.TB, tx *Tx, names ...string) []council.Member {
	t.Helper()
	list := make([]council.Member, len(names))
	for i, name := range names {
		list[i] = got(tx.Seen(int64(1000+i), name, council.FoldUsername(name), "id", noon))(t)
	}
	return list
}

func group(t testing.TB, tx *Tx, chatID int64, threadID int, kind council.GroupKind, dimension council.Dimension) council.Group {
	t.Helper()
	return got(tx.LinkGroup(council.Group{
		ChatID: chatID, ThreadID: threadID, Title: "Grup", Kind: kind, Dimension: dimension, Language: "id",
	}))(t)
}

func message(chatID int64, text string) Outgoing {
	return Outgoing{ChatID: chatID, Kind: KindMessage, Priority: PriorityAnswer, Payload: Payload{Text: text}}
}

// announcing is what OnQueued would hear if the transaction were kept now.
func announcing(tx *Tx) []Queued {
	rows := make([]Queued, len(tx.queued))
	for i, row := range tx.queued {
		rows[i] = row.Queued
	}
	return rows
}

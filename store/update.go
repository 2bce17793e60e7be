package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/mattn/go-sqlite3"

	"github.com/rembuk/rembuk/council"
)

// ErrClosed is returned by Update after Close.
var ErrClosed = errors.New("the database is closed")

// PanicError is what Update returns when the function it was given panicked.
// The transaction is rolled back; the stack is for the operator.
type PanicError struct {
	Value any
	Stack []byte
}

// Error names the type of the panic's value only: the value may hold people's words.
func (e *PanicError) Error() string { return fmt.Sprintf("panic (%T)", e.Value) }

// batchLimit is how many waiting updates may share one commit.
const batchLimit = 64

type job struct {
	change func(*Tx) error
	until  durable
	done   chan error
}

// Update runs change in a transaction of its own and commits it durably. When
// change returns an error or panics, nothing of it is kept.
//
// Updates that wait at the same time share one commit, since the commit is the
// dear part; each still succeeds or falls alone. When another of them fails, a
// change is taken back and run again: it must set anew whatever it hands out,
// and act on nothing but the transaction. change must not call Update.
//
// Other changes, and who reads, see it as soon as it is committed; it returns once the disk
// has it.
func (s *Store) Update(ctx context.Context, change func(*Tx) error) error {
	return s.hand(ctx, job{change: change, until: durableItself, done: make(chan error, 1)})
}

// Note is Update for what may be forgotten when the machine loses its power,
// though never when only the program is killed: it does not wait for the disk.
// The next Update that is kept makes it last as well.
func (s *Store) Note(ctx context.Context, change func(*Tx) error) error {
	return s.hand(ctx, job{change: change, done: make(chan error, 1)})
}

// Hurry makes every Update a Note, or ends that: for a database that can be made
// anew, and would be if the machine lost its power.
func (s *Store) Hurry(hurried bool) { s.syncer.hurried.Store(hurried) }

func (s *Store) hand(ctx context.Context, waiting job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.jobs <- waiting:
	case <-s.stopped:
		return ErrClosed
	case <-s.closing:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-waiting.done:
		return err
	case <-s.stopped:
	}
	select {
	case err := <-waiting.done:
		return err
	default: // change ended the writing goroutine, as testing.T.FailNow does
		return ErrClosed
	}
}

// write is the only place that writes. It ends when Close is called.
func (s *Store) write() {
	defer close(s.stopped)
	defer s.syncer.end()
	for commits := 1; ; commits++ {
		select {
		case first := <-s.jobs:
			s.commit(s.gather(first))
			if commits%commitsBefore == 0 {
				s.checkpointer.nudge()
			}
		case <-s.checkpointer.nearly:
			if err := s.foldRest(); err != nil {
				s.unsynced.hear(err)
			}
		case <-s.closing:
			return
		}
	}
}

func (s *Store) gather(first job) []job {
	// Those whom the last commit set free often have their next change ready at
	// once; without this the first of them would be committed alone.
	runtime.Gosched()
	batch := []job{first}
	for len(batch) < batchLimit {
		select {
		case next := <-s.jobs:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction. When one of its changes fails, all is
// taken back and each runs again in a transaction of its own, so that its
// failure leaves the others alone. That is rare, and dearer only then.
func (s *Store) commit(batch []job) {
	err := s.together(batch)
	if err == nil {
		s.syncer.add(batch)
		return
	}
	for _, waiting := range batch {
		if len(batch) > 1 {
			err = s.together([]job{waiting})
		}
		if err == nil {
			s.syncer.add([]job{waiting})
			continue
		}
		waiting.done <- err
	}
}

// news is what a transaction that was kept tells others.
type news struct {
	queued      []Queued
	rescheduled bool
	cityChanged bool
}

// together runs changes in one transaction, and keeps all of them or none.
func (s *Store) together(batch []job) error {
	if err := s.unsynced.err(); err != nil {
		return err
	}
	var kept news
	err := s.inTransaction(func(inner *sql.Conn) error {
		for _, waiting := range batch {
			tx := &Tx{inner: inner, linked: &s.linked, settled: &s.settled, edition: s.edition.Load(), cityChanged: kept.cityChanged}
			if err := guarded(tx, waiting.change); err != nil {
				return err
			}
			for _, row := range tx.queued {
				kept.queued = append(kept.queued, row.Queued)
			}
			kept.rescheduled = kept.rescheduled || tx.rescheduled
			kept.cityChanged = tx.cityChanged
		}
		return nil
	})
	if err != nil {
		s.linked.forget()
		s.settled = council.Day{}
		s.unsynced.hear(err)
		return cmp.Or(s.unsynced.err(), err)
	}
	s.commits.Add(1)
	if kept.cityChanged {
		s.edition.Add(1)
	}
	s.announce(kept.queued)
	if kept.rescheduled {
		s.LookAgain()
	}
	return nil
}

// inTransaction begins and commits by itself: sql.Tx would start a goroutine with every query.
func (s *Store) inTransaction(work func(*sql.Conn) error) error {
	ctx := context.Background()
	inner, err := s.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = inner.Close() }() // gives it back
	if _, err := inner.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	kept := false
	defer func() {
		if !kept {
			_, _ = inner.ExecContext(ctx, "ROLLBACK") // fails where SQLite has rolled back by itself
		}
	}()
	if err := work(inner); err != nil {
		return err
	}
	if _, err := inner.ExecContext(ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	kept = true
	return nil
}

func guarded(tx *Tx, change func(*Tx) error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return change(tx)
}

// Commits is how many transactions were committed since the store was opened. One is counted
// before whoever asked for the change hears that it was made: while the number stays the same,
// nobody has been told of anything that an earlier View did not show.
func (s *Store) Commits() int64 { return s.commits.Load() }

// View runs look on one consistent picture of the database. It must not change anything.
func (s *Store) View(ctx context.Context, look func(*Tx) error) error {
	edition := s.edition.Load() // before the picture is taken, which may be newer but not older
	inner, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { _ = inner.Rollback() }() // a read has nothing to keep
	return look(&Tx{inner: inner, linked: &linkedGroups{}, edition: edition})
}

// Unavailable tells whether an error means that the database itself does not
// work now (locked, full, unreadable), so that the same change may succeed later.
func Unavailable(err error) bool {
	var failed sqlite3.Error
	if !errors.As(err, &failed) {
		return false
	}
	switch failed.Code {
	case sqlite3.ErrConstraint, sqlite3.ErrError, sqlite3.ErrMisuse, sqlite3.ErrMismatch, sqlite3.ErrRange, sqlite3.ErrTooBig:
		return false
	}
	return true
}

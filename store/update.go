package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
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
	done   chan error
}

// Update runs change in a transaction of its own and commits it durably. When
// change returns an error or panics, nothing of it is kept.
//
// Updates that wait at the same time share one commit, since the commit is the
// dear part; each still succeeds or falls alone. change must not call Update.
func (s *Store) Update(ctx context.Context, change func(*Tx) error) (err error) {
	defer func() {
		if recover() != nil { // the channel was closed by Close
			err = ErrClosed
		}
	}()
	waiting := job{change: change, done: make(chan error, 1)}
	select {
	case s.jobs <- waiting:
	case <-ctx.Done():
		return ctx.Err()
	}
	return <-waiting.done
}

// write is the only place that writes. It ends when Close closes the channel.
func (s *Store) write() {
	defer close(s.stopped)
	for first := range s.jobs {
		s.commit(s.gather(first))
	}
}

func (s *Store) gather(first job) []job {
	batch := []job{first}
	for len(batch) < batchLimit {
		select {
		case next, open := <-s.jobs:
			if !open {
				return batch
			}
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

func (s *Store) commit(batch []job) {
	results := make([]error, len(batch))
	queued, err := s.runBatch(batch, results)
	if err != nil {
		for i := range results {
			results[i] = fmt.Errorf("commit: %w", err)
		}
	} else if len(queued) > 0 {
		s.announce(queued)
	}
	for i, waiting := range batch {
		waiting.done <- results[i]
	}
}

func (s *Store) runBatch(batch []job, results []error) ([]Queued, error) {
	inner, err := s.writer.Begin()
	if err != nil {
		return nil, err
	}
	defer func() { _ = inner.Rollback() }() // after a commit this does nothing
	var queued []Queued
	for i, waiting := range batch {
		tx := &Tx{inner: inner}
		if results[i] = runOne(tx, waiting.change); results[i] == nil {
			queued = append(queued, tx.queued...)
		} else if results[i] == errSavepoint {
			return nil, results[i]
		}
	}
	return queued, inner.Commit()
}

var errSavepoint = errors.New("a savepoint could not be kept")

// runOne runs one change inside a savepoint, so that its failure leaves the
// others of the batch alone.
func runOne(tx *Tx, change func(*Tx) error) error {
	if _, err := tx.inner.Exec("SAVEPOINT change"); err != nil {
		return errSavepoint
	}
	err := guarded(tx, change)
	if err != nil {
		if _, back := tx.inner.Exec("ROLLBACK TO change"); back != nil {
			return errSavepoint
		}
	}
	if _, released := tx.inner.Exec("RELEASE change"); released != nil {
		return errSavepoint
	}
	return err
}

func guarded(tx *Tx, change func(*Tx) error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &PanicError{Value: value, Stack: debug.Stack()}
		}
	}()
	return change(tx)
}

// View runs look on one consistent picture of the database. It must not change anything.
func (s *Store) View(ctx context.Context, look func(*Tx) error) error {
	inner, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { _ = inner.Rollback() }() // a read has nothing to keep
	return look(&Tx{inner: inner})
}

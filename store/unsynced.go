package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/mattn/go-sqlite3"
)

// ErrUnsynced is returned by Update, Note and Sync once the disk has failed to keep what
// it had been given. It is an ErrClosed: nothing is written any more, since Linux
// tells of lost pages once and says afterwards that all is well. The program must end;
// the next one begins from what is there, and Renew writes it again.
var ErrUnsynced = fmt.Errorf("%w since the disk has not kept what it was given", ErrClosed)

// unsynced is whether the disk has failed so.
type unsynced struct {
	once  sync.Once
	known chan struct{} // closed when it has
	cause error         // after known is closed
}

func (u *unsynced) tell(cause error) {
	u.once.Do(func() {
		u.cause = fmt.Errorf("%w: %w", ErrUnsynced, cause)
		close(u.known)
	})
}

// err is nil as long as the disk keeps what it is given.
func (u *unsynced) err() error {
	select {
	case <-u.known:
		return u.cause
	default:
		return nil
	}
}

// hear takes notice of an error of SQLite's.
func (u *unsynced) hear(err error) {
	var failed sqlite3.Error
	if errors.As(err, &failed) && (failed.ExtendedCode == sqlite3.ErrIoErrFsync || failed.ExtendedCode == sqlite3.ErrIoErrDirFsync) {
		u.tell(err)
	}
}

// Unsynced waits until the disk has failed to keep what it was given, and says why: an
// ErrUnsynced. It returns the context's error when that is done first.
func (s *Store) Unsynced(ctx context.Context) error {
	select {
	case <-s.unsynced.known:
		return s.unsynced.cause
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Sync waits until the disk has everything that was committed before, by Note
// as well as by Update. Where another has brought all of it there, nothing is left to do.
//
// The log stays open for it: Linux tells of lost pages once to each who had the file
// open when they were lost, and who opens it later may never hear of them. For the same
// reason there is one sync at a time: of two, one alone would be told.
func (s *Store) Sync() error {
	committed := s.commits.Load()
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if s.synced >= committed {
		return s.unsynced.err()
	}
	return s.syncLog()
}

// syncLog is for who holds syncing.
func (s *Store) syncLog() error {
	committed := s.commits.Load()
	if err := s.unsynced.err(); err != nil {
		return err
	}
	err := s.log.Sync()
	if err != nil && !errors.Is(err, os.ErrClosed) {
		s.unsynced.tell(err)
		return s.unsynced.err()
	}
	if err != nil {
		return ErrClosed
	}
	s.synced = committed
	return nil
}

// Renew writes the whole write-ahead log where it stands, and waits for the disk. Whoever
// begins to work on the database does that once: a program before may have ended because the
// disk had not kept some of it, and what is only in the system's memory, which nobody would
// write any more, is written then. Nothing else is written meanwhile.
func (s *Store) Renew(ctx context.Context) (err error) {
	if err := s.unsynced.err(); err != nil {
		return err
	}
	inner, err := s.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("renew: %w", err)
	}
	defer func() { err = errors.Join(err, inner.Close()) }()
	if _, err := inner.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("renew: %w", err)
	}
	s.syncing.Lock()
	defer s.syncing.Unlock()
	err = writeAnew(s.log)
	if err == nil {
		err = s.syncLog()
	}
	if _, failed := inner.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); failed != nil {
		err = errors.Join(err, failed)
	}
	if err != nil {
		return fmt.Errorf("renew: %w", err)
	}
	return nil
}

func writeAnew(file *os.File) error {
	const atOnce = 1 << 20
	some := make([]byte, atOnce)
	for at := int64(0); ; {
		count, err := file.ReadAt(some, at)
		if _, failed := file.WriteAt(some[:count], at); failed != nil {
			return failed
		}
		at += int64(count)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

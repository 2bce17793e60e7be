package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// ErrBusy is returned by Compact while somebody reads for longer than it can wait.
var ErrBusy = errors.New("the database is being read")

// Compact writes the database anew and empties the write-ahead log, so that nothing of
// what was deleted stands in either file any more. Nothing is written meanwhile, which
// takes about as long as copying the file; readers are not held up.
//
// Beside Litestream, which reads all the time and folds the log by itself, the log
// cannot be emptied. Compact then waits until it was begun anew, while others write,
// and overwrites what stands behind its new beginning.
func (s *Store) Compact(ctx context.Context) error {
	if err := s.unsynced.err(); err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	emptied, err := s.rewrite(ctx)
	if err == nil && !emptied {
		err = s.overwriteLog(ctx)
	}
	if err != nil && !errors.Is(err, ErrBusy) {
		s.unsynced.hear(err)
		return fmt.Errorf("compact: %w", err)
	}
	return err
}

// emptyingPatience is how long others' writes may wait for somebody who reads.
const emptyingPatience = time.Second

// rewrite writes the database anew, and tells whether the log could be emptied.
func (s *Store) rewrite(ctx context.Context) (emptied bool, err error) {
	inner, err := s.writer.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer func() { _ = inner.Close() }() // gives it back
	if _, err := inner.ExecContext(ctx, `VACUUM`); err != nil {
		return false, err
	}
	return fold(ctx, inner, "TRUNCATE", emptyingPatience)
}

// logPatience is how long the log may take to be begun anew: longer than between two
// times at which Litestream folds it, with deploy/litestream.yml.
const logPatience = 30 * time.Second

// overwriteLog waits until the log was begun anew, and writes over what is left in its file.
func (s *Store) overwriteLog(ctx context.Context) error {
	before, err := s.logMark()
	if err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(ctx, logPatience)
	defer cancel()
	for {
		now, err := s.logMark()
		if err != nil {
			return err
		}
		if !bytes.Equal(now, before) {
			return s.fillLog(ctx)
		}
		select {
		case <-time.After(logPatience / 300):
		case <-s.closing:
			return ErrBusy
		case <-wait.Done():
			return ErrBusy
		}
	}
}

// logMark is what the log's header says of how often it was begun anew.
func (s *Store) logMark() ([]byte, error) {
	file, err := os.Open(s.path + "-wal")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // nothing was written
	const headerLength, markAt = 32, 12
	header := make([]byte, headerLength)
	if _, err := io.ReadFull(file, header); err != nil {
		return nil, err
	}
	return header[markAt:], nil
}

// fillLog writes into the log until its file is full, and takes all of it back. What a
// large transaction writes before it is committed stands in the file, and nobody reads it.
func (s *Store) fillLog(ctx context.Context) error {
	info, err := os.Stat(s.path + "-wal")
	if err != nil {
		return err
	}
	inner, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = inner.Close() }() // gives it back
	return fill(context.WithoutCancel(ctx), inner, info.Size())
}

// fill writes more than size bytes of nothing in a transaction that it takes back.
func fill(ctx context.Context, inner *sql.Conn, size int64) (err error) {
	if _, err := inner.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return err
	}
	defer func() {
		_, failed := inner.ExecContext(ctx, `ROLLBACK`)
		err = errors.Join(err, failed)
	}()
	if _, err := inner.ExecContext(ctx, `CREATE TABLE filling (blank BLOB)`); err != nil {
		return err
	}
	const piece, heldBack = 1 << 20, 8 << 20 // as much as SQLite may keep in memory, and more
	for written := int64(0); written < size+heldBack; written += piece {
		if _, err := inner.ExecContext(ctx, `INSERT INTO filling VALUES (zeroblob(?))`, piece); err != nil {
			return err
		}
	}
	return nil
}

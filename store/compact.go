package store

import (
	"context"
	"errors"
	"fmt"
)

// ErrBusy is returned by Compact while somebody reads for longer than it can wait.
var ErrBusy = errors.New("the database is being read")

// Compact writes the database anew and empties the write-ahead log, so that nothing of
// what was deleted stands in either file any more. Nothing is written meanwhile, which
// takes about as long as copying the file; readers are not held up.
func (s *Store) Compact(ctx context.Context) error {
	if err := s.unsynced.err(); err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	if _, err := s.writer.ExecContext(ctx, `VACUUM`); err != nil {
		s.unsynced.hear(err)
		return fmt.Errorf("compact: %w", err)
	}
	var busy, logged, folded int
	if err := s.writer.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &logged, &folded); err != nil {
		s.unsynced.hear(err)
		return fmt.Errorf("compact: %w", err)
	}
	if busy != 0 {
		return ErrBusy
	}
	return nil
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Inspect tells whether a file is a whole SQLite database of this program. It
// changes nothing.
func Inspect(ctx context.Context, path string) (err error) {
	if err := hasHeader(path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite3", source(path, "mode=ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var verdict string
	if err := db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	if verdict != "ok" {
		return fmt.Errorf("it is damaged: %s", verdict)
	}
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('inbox', 'outbox', 'event')`).Scan(&tables); err != nil {
		return fmt.Errorf("it is damaged: %w", err)
	}
	if tables != 3 {
		return errors.New("it is not a database of Rembuk")
	}
	return nil
}

func hasHeader(path string) error {
	file, err := os.Open(path)
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err // whoever asks names the path
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // nothing was written
	const header = "SQLite format 3\x00"
	start := make([]byte, len(header))
	if _, err := io.ReadFull(file, start); err != nil || string(start) != header {
		return errors.New("it is not an SQLite file")
	}
	return nil
}

// Copy writes a complete copy of a database, what stands in its -wal file
// included, while others go on writing. The copy must not exist yet; it is
// readable by its owner only, and is on the disk when this returns. When it
// cannot be completed nothing is left of it.
func Copy(ctx context.Context, from, to string) (err error) {
	// SQLite would make the file readable by everybody; it accepts an empty one.
	empty, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(to))
		}
	}()
	defer func() { err = errors.Join(err, empty.Sync(), empty.Close()) }()
	db, err := sql.Open("sqlite3", source(from, "mode=ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return nil
}

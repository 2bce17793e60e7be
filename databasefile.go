package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
)

// inspectFile tells whether a file is a whole SQLite database of this program.
// It changes nothing.
func inspectFile(ctx context.Context, path string) (err error) {
	if err := hasSQLiteHeader(path); err != nil {
		return err
	}
	db, err := openReadOnly(path)
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

func hasSQLiteHeader(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return plainPathError(err)
	}
	defer file.Close() // nothing was written
	const header = "SQLite format 3\x00"
	start := make([]byte, len(header))
	if _, err := io.ReadFull(file, start); err != nil || string(start) != header {
		return errors.New("it is not an SQLite file")
	}
	return nil
}

// copyDatabase writes a complete copy of a database, what stands in its -wal
// file included, while others go on writing. The copy must not exist yet; it
// is readable by its owner only, and is on the disk when this returns.
func copyDatabase(ctx context.Context, from, to string) (err error) {
	empty, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := empty.Close(); err != nil {
		return err
	}
	db, err := openReadOnly(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, to); err != nil {
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return syncPath(to)
}

func openReadOnly(path string) (*sql.DB, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", OmitHost: true, Path: absolute, RawQuery: "mode=ro&_busy_timeout=5000"}
	return sql.Open("sqlite3", address.String())
}

// syncPath brings a file, or the names in a folder, onto the disk.
func syncPath(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// giveToFolderOwner keeps files that root makes (`sudo rembuk restore`) usable
// for the user as whom the bot runs. Where the system does not allow it the
// file stays root's, and the bot will name it when it cannot open it.
func giveToFolderOwner(path string) {
	info, err := os.Stat(filepath.Dir(path))
	if err != nil || os.Geteuid() != 0 {
		return
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok && owner.Uid != 0 {
		_ = os.Chown(path, int(owner.Uid), int(owner.Gid))
	}
}

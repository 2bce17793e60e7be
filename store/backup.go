package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Backup writes a complete copy of the database to a file that must not exist
// yet, while others go on writing. The copy is readable by its owner only. When
// it cannot be completed nothing is left of it.
func (s *Store) Backup(ctx context.Context, file string) (err error) {
	// SQLite would make the file readable by everybody; it accepts an empty one.
	empty, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file))
		}
	}()
	if err := empty.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	// The readers' connections refuse VACUUM, since they are kept from writing anything.
	db, err := sql.Open("sqlite3", source(s.path, "mode=ro"))
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, file); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

// Sync waits until the disk has everything that was committed before, by Note
// as well as by Update.
func (s *Store) Sync() (err error) {
	log, err := os.Open(s.path + "-wal")
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if err := log.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	return nil
}

// Heartbeat records that the program is alive at a moment of the real clock.
func (s *Store) Heartbeat(ctx context.Context, at time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		return tx.SetSetting(SettingHeartbeat, strconv.FormatInt(milliseconds(at), 10))
	})
}

// LastHeartbeat tells when the program was last alive, on the real clock; the
// zero time if never.
func (tx *Tx) LastHeartbeat() (time.Time, error) {
	text, err := tx.Setting(SettingHeartbeat)
	if err != nil || text == "" {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	return moment(ms), err
}

// Healthy checks that the file is whole.
func (s *Store) Healthy(ctx context.Context) error {
	var result string
	if err := s.reader.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&result); err != nil {
		return fmt.Errorf("check database: %w", err)
	}
	if result != "ok" {
		return errors.New("the database file is damaged")
	}
	return nil
}

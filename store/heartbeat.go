package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"
)

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

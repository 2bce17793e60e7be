package store

import (
	"context"
	"strconv"
	"time"
)

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

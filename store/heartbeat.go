package store

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strconv"
	"time"
)

// Heartbeat records that the program is alive at a moment of the real clock. Where the clock
// was set back since the last one, what waits to be sent again moves with it: that
// is to wait for a span, not for a moment of a clock that was wrong.
func (s *Store) Heartbeat(ctx context.Context, at time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		last, err := tx.LastHeartbeat()
		if err != nil {
			return err
		}
		return tx.beat(last, at)
	})
}

// FirstHeartbeat is the Heartbeat of a program that begins. What came last and what was last
// to be sent tell, too, what the clock has shown before.
func (s *Store) FirstHeartbeat(ctx context.Context, at time.Time) error {
	return s.Update(ctx, func(tx *Tx) error {
		last, err := tx.LastHeartbeat()
		if err != nil {
			return err
		}
		latest, err := one(tx, scalar[int64], `SELECT max(ifnull((SELECT received_at FROM inbox ORDER BY update_id DESC LIMIT 1), 0),
			ifnull((SELECT created_at FROM outbox ORDER BY id DESC LIMIT 1), 0))`)
		if err != nil {
			return err
		}
		if moment(latest).After(last) {
			last = moment(latest)
		}
		return tx.beat(last, at)
	})
}

// beat records a heartbeat; last is what the clock had shown before.
func (tx *Tx) beat(last, at time.Time) error {
	if back := last.Sub(at); back >= clockTolerance {
		if err := tx.run(`UPDATE outbox SET not_before = not_before - ? WHERE ended_at IS NULL AND not_before > ?`, back.Milliseconds(), milliseconds(at)); err != nil {
			return err
		}
	}
	return tx.SetSetting(SettingHeartbeat, strconv.FormatInt(milliseconds(at), 10))
}

// clockTolerance is how far clocks are set back that keep time with others, and nobody minds.
const clockTolerance = time.Second

// LastHeartbeat tells when the program was last alive, on the real clock; the
// zero time if never.
func (tx *Tx) LastHeartbeat() (time.Time, error) {
	text, err := tx.Setting(SettingHeartbeat)
	if err != nil {
		return time.Time{}, err
	}
	return heartbeat(text)
}

func heartbeat(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	return moment(ms), err
}

// ReadHeartbeat is LastHeartbeat of a database that a program may have in use, or is just
// making: it changes nothing, and tells the zero time where no table stands yet.
func ReadHeartbeat(ctx context.Context, path string) (at time.Time, err error) {
	if _, err := os.Stat(path); err != nil {
		return at, err
	}
	db, err := sql.Open("sqlite3", source(path, "mode=ro"))
	if err != nil {
		return at, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var made bool
	if err := db.QueryRowContext(ctx, `SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = 'setting'`).Scan(&made); err != nil || !made {
		return at, err
	}
	var text string
	err = db.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, SettingHeartbeat).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return at, nil
	}
	if err != nil {
		return at, err
	}
	return heartbeat(text)
}

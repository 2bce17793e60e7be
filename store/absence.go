package store

import (
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
)

// AddAbsence keeps from when to when Telegram could not be reached.
func (tx *Tx) AddAbsence(absence council.Absence) (council.Absence, error) {
	var err error
	absence.ID, err = tx.insert(`INSERT INTO absence (from_at, until_at) VALUES (?, ?)`, milliseconds(absence.From), milliseconds(absence.Until))
	return absence, err
}

// Absence finds an absence.
func (tx *Tx) Absence(id int64) (council.Absence, error) {
	return one(tx, func(row scanner) (council.Absence, error) {
		var a council.Absence
		var from, until int64
		err := row.Scan(&a.ID, &from, &until)
		a.From, a.Until = moment(from), moment(until)
		return a, err
	}, `SELECT id, from_at, until_at FROM absence WHERE id = ?`, id)
}

// Connected tells when Telegram was last reached, on the rules' clock; the zero
// time if never.
func (tx *Tx) Connected() (time.Time, error) {
	text, err := tx.Setting(SettingConnected)
	if err != nil || text == "" {
		return time.Time{}, err
	}
	ms, err := strconv.ParseInt(text, 10, 64)
	return moment(ms), err
}

// SetConnected records that Telegram was reached at a moment of the rules' clock.
// Whoever waits for that looks again at what is due.
func (tx *Tx) SetConnected(at time.Time) error {
	tx.rescheduled = true
	return tx.SetSetting(SettingConnected, strconv.FormatInt(milliseconds(at), 10))
}

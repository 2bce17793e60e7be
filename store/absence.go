package store

import (
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

// AddAbsence keeps from when to when Telegram could not be reached, why, and what was missed.
func (tx *Tx) AddAbsence(absence council.Absence) (council.Absence, error) {
	var err error
	absence.ID, err = tx.insert(`INSERT INTO absence (from_at, until_at, cause, subjects, reminders, updates, messages) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		milliseconds(absence.From), milliseconds(absence.Until), absence.Cause, written(absence.Missed.Subjects),
		absence.Missed.Reminders, absence.Missed.Updates, absence.Missed.Messages)
	return absence, err
}

// HoldAbsence keeps an absence that goes on, new or known by its id, as it is until now.
func (tx *Tx) HoldAbsence(absence council.Absence) (council.Absence, error) {
	var err error
	if absence.ID == 0 {
		if absence, err = tx.AddAbsence(absence); err != nil {
			return absence, err
		}
	}
	return absence, tx.writeAbsence(absence, 1)
}

// EndAbsence ends an absence that went on.
func (tx *Tx) EndAbsence(absence council.Absence) error { return tx.writeAbsence(absence, 0) }

func (tx *Tx) writeAbsence(absence council.Absence, open int) error {
	return tx.run(`UPDATE absence SET until_at = ?, subjects = ?, reminders = ?, updates = ?, messages = ?, open = ? WHERE id = ?`,
		milliseconds(absence.Until), written(absence.Missed.Subjects), absence.Missed.Reminders, absence.Missed.Updates, absence.Missed.Messages, open, absence.ID)
}

const absenceColumns = `id, from_at, until_at, cause, subjects, reminders, updates, messages`

func scanAbsence(row scanner) (council.Absence, error) {
	var a council.Absence
	var from, until int64
	var subjects string
	err := row.Scan(&a.ID, &from, &until, &a.Cause, &subjects, &a.Missed.Reminders, &a.Missed.Updates, &a.Missed.Messages)
	a.From, a.Until = moment(from), moment(until)
	for word := range strings.FieldsSeq(subjects) {
		if reference, known := council.ParseReference(word); known {
			a.Missed.Subjects = append(a.Missed.Subjects, reference)
		}
	}
	return a, err
}

// Absence finds an absence.
func (tx *Tx) Absence(id int64) (council.Absence, error) {
	return one(tx, scanAbsence, `SELECT `+absenceColumns+` FROM absence WHERE id = ?`, id)
}

// OpenAbsences lists the absences that went on when they were last looked at, oldest first.
func (tx *Tx) OpenAbsences() ([]council.Absence, error) {
	return all(tx, scanAbsence, `SELECT `+absenceColumns+` FROM absence WHERE open <> 0 ORDER BY id`)
}

func written(references []council.Reference) string {
	words := make([]string, len(references))
	for i, reference := range references {
		words[i] = reference.String()
	}
	return strings.Join(words, " ")
}

// Missed tells which reminders were due before a moment of the rules' clock and are not
// decided, and how many updates and messages wait in inbox and outbox now.
func (tx *Tx) Missed(until time.Time) (missed council.Missed, err error) {
	const due = `FROM reminder WHERE state = 'waiting' AND due_at < ? AND audience <> 'bot' AND step <> 'absence'`
	if missed.Reminders, err = one(tx, scalar[int], `SELECT count(*) `+due, milliseconds(until)); err != nil {
		return missed, err
	}
	subjects, err := all(tx, scalar[string], `SELECT subject `+due+` AND subject GLOB '[TEIQPVAMR]-*' GROUP BY subject ORDER BY min(due_at), min(id) LIMIT ?`,
		milliseconds(until), council.MissedNamed)
	if err != nil {
		return missed, err
	}
	for _, subject := range subjects {
		if reference, known := council.ParseReference(subject); known {
			missed.Subjects = append(missed.Subjects, reference)
		}
	}
	if missed.Updates, err = tx.CountWaiting(); err != nil {
		return missed, err
	}
	missed.Messages, err = one(tx, scalar[int], `SELECT count(*) FROM outbox WHERE ended_at IS NULL AND kind IN ('message', 'card', 'edit', 'poll')`)
	return missed, err
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
func (tx *Tx) SetConnected(at time.Time) error {
	return tx.SetSetting(SettingConnected, strconv.FormatInt(milliseconds(at), 10))
}

// SetStopped records that the program ends because it was told to.
func (tx *Tx) SetStopped() error { return tx.SetSetting(SettingStopped, "1") }

// WasStopped tells whether the program ended because it was told to, and forgets that.
func (tx *Tx) WasStopped() (bool, error) {
	stopped, err := tx.Setting(SettingStopped)
	if err != nil || stopped == "" {
		return false, err
	}
	return true, tx.SetSetting(SettingStopped, "")
}

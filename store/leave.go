package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

func scanLeave(row scanner) (council.Leave, error) {
	var leave council.Leave
	var first, last string
	if err := row.Scan(&leave.ID, &leave.MemberID, &first, &last); err != nil {
		return leave, err
	}
	var err error
	if leave.First, err = council.ParseDay(first); err != nil {
		return leave, err
	}
	leave.Last, err = council.ParseDay(last)
	return leave, err
}

// AddLeave keeps days on which a person is away, and gives them an id.
func (tx *Tx) AddLeave(leave council.Leave) (council.Leave, error) {
	tx.rescheduled = true
	var err error
	leave.ID, err = tx.insert(`INSERT INTO leave (member_id, first_day, last_day) VALUES (?, ?, ?)`,
		leave.MemberID, leave.First.String(), leave.Last.String())
	return leave, err
}

// EndLeave forgets days on which a person was to be away.
func (tx *Tx) EndLeave(id int64) error {
	tx.rescheduled = true
	return tx.run(`DELETE FROM leave WHERE id = ?`, id)
}

// DecideAnew makes what waits for the end of a person's leave due at a moment,
// so that it is decided anew: the leave has changed.
func (tx *Tx) DecideAnew(memberID int64, now time.Time) error {
	tx.rescheduled = true
	return tx.run(`UPDATE reminder SET due_at = min(due_at, ?) WHERE member_id = ? AND state = 'waiting' AND reason = 'on_leave'`,
		milliseconds(now), memberID)
}

// Leaves lists a person's leaves that have not ended before a day, the first first.
func (tx *Tx) Leaves(memberID int64, day council.Day) ([]council.Leave, error) {
	return all(tx, scanLeave, `SELECT id, member_id, first_day, last_day FROM leave WHERE member_id = ? AND last_day >= ? ORDER BY first_day, id`,
		memberID, day.String())
}

// AllLeaves lists everybody's leaves that have not ended before a day, the first first.
func (tx *Tx) AllLeaves(day council.Day) ([]council.Leave, error) {
	return all(tx, scanLeave, `SELECT id, member_id, first_day, last_day FROM leave WHERE last_day >= ? ORDER BY first_day, id`, day.String())
}

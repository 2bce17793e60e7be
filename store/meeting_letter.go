package store

import "time"

// Letter is what only the letter of an invitation has.
type Letter struct {
	Number string    // as the office numbers it; empty: it follows
	Dated  time.Time // the day that stands on it: when it got this number
}

func scanLetter(row scanner) (Letter, error) {
	var l Letter
	var dated int64
	err := row.Scan(&l.Number, &dated)
	l.Dated = moment(dated)
	return l, err
}

// MeetingLetter finds the letter of a meeting; ErrNotFound for one that was not made.
func (tx *Tx) MeetingLetter(number int64) (Letter, error) {
	return one(tx, scanLetter, `SELECT letter_number, dated_at FROM meeting_letter WHERE number = ?`, number)
}

// SaveMeetingLetter keeps the letter of a meeting.
func (tx *Tx) SaveMeetingLetter(number int64, l Letter) error {
	return tx.run(`INSERT INTO meeting_letter (number, letter_number, dated_at) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET letter_number = excluded.letter_number, dated_at = excluded.dated_at`, number, l.Number, milliseconds(l.Dated))
}

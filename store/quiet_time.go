package store

import "github.com/rembuk/rembuk/council"

// Hearer is a person or a linked group; one of the two is 0.
type Hearer struct {
	MemberID, GroupID int64
}

// QuietTimes lists the quiet times that a person or a group has chosen.
func (tx *Tx) QuietTimes(of Hearer) ([]council.QuietTime, error) {
	return all(tx, func(row scanner) (council.QuietTime, error) {
		var quiet council.QuietTime
		err := row.Scan(&quiet.From, &quiet.Until)
		return quiet, err
	}, `SELECT from_minute, to_minute FROM quiet_time WHERE member_id = ? AND group_id = ? ORDER BY from_minute, to_minute`, of.MemberID, of.GroupID)
}

// SetQuietTimes makes these the quiet times of a person or a group; none at all
// takes away what was there.
func (tx *Tx) SetQuietTimes(of Hearer, times []council.QuietTime) error {
	tx.rescheduled = true
	if err := tx.run(`DELETE FROM quiet_time WHERE member_id = ? AND group_id = ?`, of.MemberID, of.GroupID); err != nil {
		return err
	}
	for _, quiet := range times {
		if err := tx.run(`INSERT INTO quiet_time (member_id, group_id, from_minute, to_minute) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			of.MemberID, of.GroupID, quiet.From, quiet.Until); err != nil {
			return err
		}
	}
	return nil
}

package store

// Holiday is a day off by decree, in the city's calendar.
type Holiday struct {
	Date       string // 2026-05-27
	Name       string
	JointLeave bool
}

// Holidays lists the days off, oldest first.
func (tx *Tx) Holidays() ([]Holiday, error) {
	return all(tx, func(row scanner) (Holiday, error) {
		var h Holiday
		err := row.Scan(&h.Date, &h.Name, &h.JointLeave)
		return h, err
	}, `SELECT date, name, joint_leave FROM holiday ORDER BY date`)
}

// SetHoliday keeps a day off; a day that was there gets the new name.
func (tx *Tx) SetHoliday(h Holiday) error {
	if err := tx.forgetPlan(); err != nil {
		return err
	}
	return tx.run(`INSERT OR REPLACE INTO holiday (date, name, joint_leave) VALUES (?, ?, ?)`, h.Date, h.Name, h.JointLeave)
}

// DropHoliday makes a day an ordinary one again.
func (tx *Tx) DropHoliday(date string) error {
	if err := tx.forgetPlan(); err != nil {
		return err
	}
	return tx.run(`DELETE FROM holiday WHERE date = ?`, date)
}

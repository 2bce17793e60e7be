package store

// Rescheduled holds a token after a commit that may have changed when the next
// thing falls due, or with what calendar open reminders are planned, and after LookAgain.
func (s *Store) Rescheduled() <-chan struct{} { return s.rescheduled }

// LookAgain lets whoever waits for the next thing to fall due look at what is due, though
// nothing of that has changed.
func (s *Store) LookAgain() { offer(s.rescheduled) }

// forgetPlan makes open reminders be planned anew, since the calendar changed.
func (tx *Tx) forgetPlan() error {
	tx.rescheduled = true
	tx.forgetCity()
	return tx.run(`DELETE FROM setting WHERE key = ?`, SettingPlan)
}

package store

// Rescheduled holds a token after a commit that may have changed when the next
// thing falls due, or with what calendar open reminders are planned.
func (s *Store) Rescheduled() <-chan struct{} { return s.rescheduled }

// wake leaves a token for whoever waits for the next thing to fall due; one is enough.
func (s *Store) wake() {
	select {
	case s.rescheduled <- struct{}{}:
	default:
	}
}

// forgetPlan makes open reminders be planned anew, since the calendar changed.
func (tx *Tx) forgetPlan() error {
	tx.rescheduled = true
	tx.forgetCity()
	return tx.run(`DELETE FROM setting WHERE key = ?`, SettingPlan)
}

package store

import (
	"time"

	"github.com/rembuk/rembuk/council"
)

// PlanSummaries makes the summaries of weeks that are still to come the ones
// given. What was due before stays, and what was given is not given again.
func (tx *Tx) PlanSummaries(planned []council.Reminder, now time.Time) error {
	if err := tx.run(`DELETE FROM reminder WHERE state = 'waiting' AND due_at > ? AND audience = 'bot' AND step = 'summary'`, milliseconds(now)); err != nil {
		return err
	}
	return tx.AddReminders(planned)
}

package scheduler

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// planRecommendations plans anew every open recommendation.
func (s *Scheduler) planRecommendations(tx *store.Tx, timing council.Timing) error {
	now := s.clock.Now()
	open, err := tx.Recommendations(true)
	if err != nil {
		return err
	}
	for _, recommendation := range open {
		stay := func(reminder council.Reminder) bool { return recommendation.Stays(reminder, now, timing) }
		if err := tx.PlanReminders(recommendation.Reference(), council.PlanRecommendation(recommendation, now, timing), stay); err != nil {
			return err
		}
	}
	return nil
}

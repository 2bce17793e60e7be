package scheduler

import (
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// planWeek plans anew when the week is summed up next.
func planWeek(tx *store.Tx, now time.Time, timing council.Timing) error {
	return tx.PlanSummaries(council.PlanWeek(now, timing), now)
}

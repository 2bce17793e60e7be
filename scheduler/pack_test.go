package scheduler

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/store"
)

// TestThePackIsOfferedOnce on the working day before the presentation, also where that
// has only become the day before by a new holiday.
func TestThePackIsOfferedOnce(t *testing.T) {
	for name, row := range map[string]struct{ holiday, before, moment string }{
		"on the day before": {"", "2026-06-10 15:59", "2026-06-10 16:00"},
		"a day earlier":     {"2026-06-10", "2026-06-09 15:59", "2026-06-09 16:00"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.member("sitti")
				c.evaluation("2026-06-11 09:00")
				day := row.holiday
				if day == "" {
					day = "2026-12-31" // whatever moves the calendar
				}
				c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: day, Name: "Libur"}) })
				c.patience(time.Second)
				c.reach(row.before)
				c.did()
				c.reach(row.moment)
				c.did("Z-1 pack")
				c.reach("2026-06-12 08:00")
				c.did("Z-1 pack")
			})
		})
	}
}

package scheduler

import (
	"testing"

	"github.com/rembuk/rembuk/council"
)

// A city whose hour lies after working time is told on the next working day, as
// soon as quiet times end: to wait for the hour itself would be to wait for ever.
func TestAnHourAfterWorkingTime(t *testing.T) {
	inBubble(t, "2026-06-04 09:00", func(c *city) {
		c.voice.next = cronNext(t, "0 17 * * *")
		baso := c.member("baso")
		c.member("sitti", council.RoleCoordinator)
		c.task("2026-06-08 16:00", baso)
		for _, moment := range []string{"2026-06-05 17:00", "2026-06-08 07:29"} { // H-1, a Sunday, is Friday's
			c.reach(moment)
			c.said()
		}
		c.reach("2026-06-08 07:30")
		c.said("1: T-1 H-1 assignee")
		for _, moment := range []string{"2026-06-09 17:00", "2026-06-10 07:29"} {
			c.reach(moment)
			c.said()
		}
		c.reach("2026-06-10 07:30")
		c.said("1: T-1 overdue+1 assignee", "2: T-1 overdue+1 coordinator")
	})
}

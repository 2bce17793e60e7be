package bot

import (
	"strconv"

	"github.com/rembuk/rembuk/council"
)

// writeYearMissing tells a coordinator that there is no list of holidays for the
// year to come, and how to give it; once there is one, that it is there.
func (n *notice) writeYearMissing() error {
	for _, item := range n.items(council.ToCoordinator) {
		if item.Reminder.Step != council.StepYearMissing {
			continue
		}
		key, year := "notice.year_missing", int(item.Reminder.Subject.Number)
		if n.city.Timing.Calendar.KnowsYear(year) {
			key = "notice.year_known"
		}
		n.open("notice.report")
		n.add(n.speak.Say(key, "Year", strconv.Itoa(year)))
	}
	return nil
}

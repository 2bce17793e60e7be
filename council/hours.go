package council

import "time"

// Hours are those of a working day in which something may be reminded of, and the
// break on Fridays in which it may not, in minutes after local midnight. A break of
// no length is none. The zero Hours are the usual ones.
type Hours struct {
	Starts, Ends             int
	FridayStarts, FridayEnds int
}

// UsualHours are working time and the Friday prayer, of domain.md section 12 and
// product.md "Reminders".
var UsualHours = Hours{Starts: 7*60 + 30, Ends: 16*60 + 30, FridayStarts: 11*60 + 30, FridayEnds: 13*60 + 30}

// Bounds of a city's hours, in minutes.
const (
	earliestStart = 5 * 60
	latestEnd     = 20 * 60
	leastHours    = 4 * 60
)

// CheckHours refuses hours in which hardly anything could be said. Refusals:
// "hours_order" (it ends before it starts, or the break does), "hours_bounds" (before
// 05.00 or after 20.00), "hours_break" (a break that does not lie in them), "hours_short"
// (less than four hours in all, or than two on a Friday).
func CheckHours(hours Hours) error {
	free := hours.Ends - hours.Starts
	rest := hours.FridayEnds - hours.FridayStarts
	switch {
	case hours.Ends <= hours.Starts || hours.FridayEnds < hours.FridayStarts:
		return Refuse("hours_order")
	case hours.Starts < earliestStart || hours.Ends > latestEnd:
		return Refuse("hours_bounds")
	case hours.FridayStarts < hours.FridayEnds && (hours.FridayStarts < hours.Starts || hours.FridayEnds > hours.Ends):
		return Refuse("hours_break")
	case free < leastHours || free-rest < leastFree:
		return Refuse("hours_short")
	}
	return nil
}

// Holds tells whether a minute after midnight lies in the hours, the break on Fridays
// left aside.
func (h Hours) Holds(minute int) bool { return minute >= h.Starts && minute <= h.Ends }

// inHours is a minute of a day, moved into its hours where the city has changed those:
// what was chosen before, for the city or an evaluation, may lie outside of them.
func (c Calendar) inHours(day Day, minute int) time.Time {
	if c.Hours == (Hours{}) {
		return c.at(day, minute)
	}
	hours := c.WorkingHours()
	minute = min(max(minute, hours.Starts), hours.Ends)
	if day.Weekday() == time.Friday && minute >= hours.FridayStarts && minute < hours.FridayEnds {
		minute = hours.FridayEnds
	}
	return c.at(day, minute)
}

// WorkingHours are the calendar's hours, the usual ones where it has none of its own.
func (c Calendar) WorkingHours() Hours {
	if c.Hours == (Hours{}) {
		return UsualHours
	}
	return c.Hours
}

package council

import "time"

// Working time and the Friday prayer, of domain.md section 12 and product.md
// "Reminders", in minutes after local midnight.
const (
	workStarts   = 7*60 + 30
	workEnds     = 16*60 + 30
	fridayStarts = 11*60 + 30
	fridayEnds   = 13*60 + 30
)

// Quiet tells whether reminders rest at this moment, and why: "day_off",
// "before_hours" (before 07.30), "after_hours" (after 16.30) or "friday_prayer"
// (from 11.30 up to 13.30). At 07.30, 13.30 and 16.30 sharp they do not rest.
func (c Calendar) Quiet(moment time.Time) (reason string, quiet bool) {
	local := moment.In(c.zone())
	minutes := local.Hour()*60 + local.Minute()
	sharp := local.Second() == 0 && local.Nanosecond() == 0
	switch {
	case !c.Workday(moment):
		return "day_off", true
	case minutes < workStarts:
		return "before_hours", true
	case minutes > workEnds || minutes == workEnds && !sharp:
		return "after_hours", true
	case local.Weekday() == time.Friday && minutes >= fridayStarts && minutes < fridayEnds:
		return "friday_prayer", true
	}
	return "", false
}

// NextAllowed is the moment itself, or the first one after it that is not quiet.
func (c Calendar) NextAllowed(moment time.Time) time.Time {
	for {
		reason, quiet := c.Quiet(moment)
		if !quiet {
			return moment
		}
		switch day := c.Day(moment); reason {
		case "before_hours":
			moment = c.at(day, workStarts)
		case "friday_prayer":
			moment = c.at(day, fridayEnds)
		default:
			moment = c.at(day.Add(1), workStarts)
		}
	}
}

// at is the moment so many minutes after midnight by the local clock.
func (c Calendar) at(day Day, minutes int) time.Time {
	return day.At(minutes/60, minutes%60, c.zone())
}

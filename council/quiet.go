package council

import "time"

// Quiet tells whether reminders rest at this moment, and why: "day_off",
// "before_hours" (usually before 07.30), "after_hours" (after 16.30) or "friday_prayer"
// (from 11.30 up to 13.30). They do not rest when the hours start and when the break on
// Friday ends, nor in the minute in which the hours end: a city's morning may lie there,
// and what falls due then is said a moment later.
func (c Calendar) Quiet(moment time.Time) (reason string, quiet bool) {
	local, hours := moment.In(c.zone()), c.WorkingHours()
	minutes := local.Hour()*60 + local.Minute()
	switch {
	case !c.Workday(moment):
		return "day_off", true
	case minutes < hours.Starts:
		return "before_hours", true
	case minutes > hours.Ends:
		return "after_hours", true
	case local.Weekday() == time.Friday && minutes >= hours.FridayStarts && minutes < hours.FridayEnds:
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
			moment = c.at(day, c.WorkingHours().Starts)
		case "friday_prayer":
			moment = c.at(day, c.WorkingHours().FridayEnds)
		default:
			moment = c.at(day.Add(1), c.WorkingHours().Starts)
		}
	}
}

// at is the moment so many minutes after midnight by the local clock.
func (c Calendar) at(day Day, minutes int) time.Time {
	return day.At(minutes/60, minutes%60, c.zone())
}

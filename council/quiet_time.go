package council

import "time"

// minutesADay is how many minutes a local day has on the clock.
const minutesADay = 24 * 60

// QuietTime is a part of every day in which a person or a group does not wish
// to be reminded, in minutes after local midnight. It begins at From and ends
// before Until; one that ends before it begins goes over midnight, and one of
// no length is no quiet time.
type QuietTime struct {
	From, Until int
}

// Covers tells whether a moment lies in the quiet time, and when that ends.
func (q QuietTime) Covers(moment time.Time, calendar Calendar) (until time.Time, covered bool) {
	local := moment.In(calendar.zone())
	minute, day := local.Hour()*60+local.Minute(), calendar.Day(moment)
	switch {
	case q.From <= q.Until && (minute < q.From || minute >= q.Until):
		return moment, false
	case q.From > q.Until && minute >= q.Until && minute < q.From:
		return moment, false
	case q.From > q.Until && minute >= q.From:
		day = day.Add(1)
	}
	return calendar.at(day, q.Until), true
}

// Limits of what a person or a group may choose.
const (
	QuietTimesLimit = 3   // so many quiet times
	leastFree       = 120 // minutes of working time that must stay free on every working day
)

// CheckQuiet refuses quiet times that leave too little of the city's hours. Refusals:
// "quiet_empty" (of no length), "quiet_too_many", "quiet_too_long".
func CheckQuiet(quiet []QuietTime, hours Hours) error {
	for _, one := range quiet {
		if one.From == one.Until {
			return Refuse("quiet_empty")
		}
	}
	if len(quiet) > QuietTimesLimit {
		return Refuse("quiet_too_many")
	}
	free, freeOnFriday := 0, 0
	for minute := hours.Starts; minute < hours.Ends; minute++ {
		if !quietAt(quiet, minute) {
			free++
			if minute < hours.FridayStarts || minute >= hours.FridayEnds {
				freeOnFriday++
			}
		}
	}
	if min(free, freeOnFriday) < leastFree {
		return Refuse("quiet_too_long")
	}
	return nil
}

// quietAt tells whether one of the quiet times covers a minute after midnight.
func quietAt(quiet []QuietTime, minute int) bool {
	for _, one := range quiet {
		over := one.From > one.Until
		if !over && minute >= one.From && minute < one.Until || over && (minute >= one.From || minute < one.Until) {
			return true
		}
	}
	return false
}

// quietUntilAll is the end of all quiet times that follow one another from a
// moment on; the moment itself when none covers it. Quiet times that leave no
// minute of the day free are as if there were none.
func quietUntilAll(quiet []QuietTime, moment time.Time, calendar Calendar) time.Time {
	end := moment
	for range len(quiet) * 2 {
		moved := false
		for _, one := range quiet {
			if until, covered := one.Covers(end, calendar); covered && until.After(end) {
				end, moved = until, true
			}
		}
		if !moved {
			return end
		}
		if end.Sub(moment) >= minutesADay*time.Minute {
			return moment
		}
	}
	return end
}

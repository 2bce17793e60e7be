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

package council

import "time"

// yearAsked are the days of December on which a missing list of holidays for the
// year to come is spoken of.
var yearAsked = []int{1, 15, 28}

// PlanYear lists what is to be said in December about the list of holidays for
// the year to come, from now on. A year counts as known when a single holiday of it is.
func PlanYear(now time.Time, timing Timing) []Reminder {
	var planned []Reminder
	for year := timing.Calendar.Day(now).Year; len(planned) == 0; year++ {
		for _, day := range yearAsked {
			anchor := askedOn(year, day, timing)
			if due := timing.morningFrom(anchor); due.After(now) {
				planned = append(planned, Reminder{Subject: Reference{HolidayYearLetter, int64(year + 1)}, Step: StepYearMissing,
					Audience: ToCoordinator, Anchor: anchor, Due: due})
			}
		}
	}
	return planned
}

// DecideYear decides about speaking of a year whose holidays are missing.
// Reasons to drop: "year_known", "year_begun", "superseded" (a later day of asking
// has come as well, as after an outage).
func DecideYear(reminder Reminder, now time.Time, timing Timing) Decision {
	year := int(reminder.Subject.Number)
	first := Day{year, time.January, 1}
	switch {
	case timing.Calendar.KnowsYear(year):
		return Decision{Verdict: Drop, Reason: "year_known"}
	case !timing.Calendar.Day(now).Before(first):
		return Decision{Verdict: Drop, Reason: "year_begun"}
	case now.Before(reminder.Due):
		return Decision{Verdict: Wait, Reason: "not_due", Until: reminder.Due}
	}
	for _, day := range yearAsked {
		later := askedOn(year-1, day, timing)
		if later.After(reminder.Anchor) && !later.After(now) {
			return Decision{Verdict: Drop, Reason: "superseded"}
		}
	}
	return unlessQuiet(Deadline{}, now, timing.Calendar)
}

// askedOn is the beginning of a day in December of a year.
func askedOn(year, day int, timing Timing) time.Time {
	return Day{year, time.December, day}.At(0, 0, timing.Calendar.zone()).UTC()
}

// KnowsYear tells whether the calendar has holidays of a year.
func (c Calendar) KnowsYear(year int) bool {
	for day := range c.holidays {
		if day.Year == year {
			return true
		}
	}
	return false
}

package reading

import "time"

// furthestYears is how far ahead a date is believed; beyond it a slip of the finger is likelier.
const furthestYears = 20

// civil is a calendar day, kept as midnight UTC so that counting days knows no zone.
func civil(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// civilOf is the calendar day that a moment has on its own wall clock.
func civilOf(moment time.Time) time.Time {
	return civil(moment.Year(), moment.Month(), moment.Day())
}

func daysIn(year int, month time.Month) int {
	return civil(year, month+1, 0).Day()
}

func mondayOf(day time.Time) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}

// inWeek is the given weekday of the week, Monday to Sunday, that begins on monday.
func inWeek(monday time.Time, weekday time.Weekday) time.Time {
	return monday.AddDate(0, 0, (int(weekday)+6)%7)
}

func daysFrom(first time.Time, count int) []time.Time {
	days := make([]time.Time, count)
	for index := range days {
		days[index] = first.AddDate(0, 0, index)
	}
	return days
}

// addMonths keeps to the last day where the month is too short: a month after 31 January is 28 or 29 February.
func addMonths(day time.Time, months int) time.Time {
	first := civil(day.Year(), day.Month()+time.Month(months), 1)
	return civil(first.Year(), first.Month(), min(day.Day(), daysIn(first.Year(), first.Month())))
}

func lastOfMonth(day time.Time) time.Time {
	return civil(day.Year(), day.Month()+1, 0)
}

func (r *reader) isWorkday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !r.context.Holidays.off(day)
}

// addWorkdays counts days that are neither weekend nor in the context's holidays. It gives up where the holidays leave no workday at all.
func (r *reader) addWorkdays(day time.Time, count int) time.Time {
	for steps := 0; count > 0 && steps < 8000; steps++ {
		day = day.AddDate(0, 0, 1)
		if r.isWorkday(day) {
			count--
		}
	}
	return day
}

package reading

import "time"

// isDate says whether a day was said by its number in a month.
func (d day) isDate() bool {
	switch d.kind {
	case kindDayMonth, kindDayMonthYear, kindMonthDay, kindNumbers, kindNumbersYear, kindYearFirst, kindDayOfMonth, kindDayOfOtherMonth:
		return true
	}
	return false
}

// isNear says whether a day was said in a word that a date beside it may repeat.
func (d day) isNear() bool {
	return d.kind == kindToday || d.kind == kindTomorrow || d.kind == kindDayAfterTomorrow || d.kind == kindNextWeekday
}

// join puts two neighbouring days together where they speak of one day. What stands behind a comma is joined with more care.
func (r *reader) join(first, second day, comma bool) (day, bool) {
	switch {
	case first.weekday && !second.weekday && (second.isDate() || !second.week.IsZero()):
		return r.withWeekday(first, second), true
	case first.weekday && !second.weekday && !comma && (second.isNear() && second.kind != kindNextWeekday || second.kind == kindWeeks):
		return r.withWeekday(first, second), true
	case second.weekday && !first.week.IsZero():
		return r.withWeekday(second, first), true
	case second.weekday && !first.weekday && !comma && (first.isDate() || first.kind == kindWeeks || first.isNear() && first.kind != kindNextWeekday):
		return r.withWeekday(second, first), true
	case first.isNear() && second.isDate() && second.outcome == Found:
		if first.choices[0].Equal(second.choices[0]) {
			return second, true
		}
		return oneOf(second.kind, ReasonDaysDiffer, first.choices[0], second.choices[0]), !comma
	}
	return day{}, false
}

// withWeekday makes a week precise by a weekday, or checks a date against it.
func (r *reader) withWeekday(named, other day) day {
	weekday := named.choices[0].Weekday()
	if other.kind == kindWeeks && len(other.choices) == 1 {
		other.week = mondayOf(other.choices[0])
	}
	if !other.week.IsZero() {
		meant := on(kindWeekdayInWeek, inWeek(other.week, weekday))
		if other.outcome == Past {
			return bygone(meant.choices[0])
		}
		return meant
	}
	if other.outcome != Found {
		return other
	}
	date := other.choices[0]
	if date.Weekday() == weekday {
		return on(kindWeekdayAndDate, date)
	}
	if earlier := date.AddDate(-1, 0, 0); other.noYear && earlier.Weekday() == weekday && earlier.After(r.today.AddDate(0, 0, -60)) {
		past := bygone(earlier)
		past.shy = false
		return past
	}
	return oneOf(kindWeekdayAndDate, ReasonWeekdayMismatch, inOrder(date, nearestWeekday(date, weekday))...)
}

func nearestWeekday(date time.Time, weekday time.Weekday) time.Time {
	ahead := (int(weekday) - int(date.Weekday()) + 7) % 7
	if ahead > 3 {
		ahead -= 7
	}
	return date.AddDate(0, 0, ahead)
}

func inOrder(a, b time.Time) []time.Time {
	if b.Before(a) {
		return []time.Time{b, a}
	}
	return []time.Time{a, b}
}

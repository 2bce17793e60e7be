package council

import (
	"slices"
	"time"
)

// searchedForMatch is longer than any rule leaves between two of its days.
const searchedForMatch = 400

// Next is the first moment after another at which the rule falls, by the
// city's clock. From an occurrence of the rule itself it counts Every units on;
// from any other moment it is simply the next match. A short month uses its last
// day, working days leave out days off, an hour that the clocks skip moves
// forward and one that they show twice counts once. A rule that names no day
// (an unknown unit or weekday) gives the zero time.
func (r Recurrence) Next(after time.Time, calendar Calendar) time.Time {
	moment := func(day Day) time.Time { return day.At(r.Hour, r.Minute, calendar.zone()) }
	day := calendar.Day(after)
	if r.fallsOn(day, calendar) && moment(day).Equal(after) {
		return moment(r.advance(day, calendar))
	}
	for range searchedForMatch {
		if r.fallsOn(day, calendar) && moment(day).After(after) {
			return moment(day)
		}
		day = day.Add(1)
	}
	return time.Time{}
}

func (r Recurrence) fallsOn(day Day, calendar Calendar) bool {
	switch r.Unit {
	case EveryDay:
		return true
	case EveryWorkday:
		return calendar.isWorkday(day)
	case EveryWeek:
		return day.Weekday() == r.Weekday || slices.Contains(r.Others, day.Weekday())
	case EveryMonth:
		return day == r.inMonth(day.Year, day.Month)
	}
	return false
}

// advance goes from one day of the rule to the next one.
func (r Recurrence) advance(day Day, calendar Calendar) Day {
	every := max(r.Every, 1)
	switch r.Unit {
	case EveryWorkday:
		return calendar.addWorkdays(day, every)
	case EveryWeek:
		return r.nextInWeek(day, every)
	case EveryMonth:
		return r.inMonth(day.Year, day.Month+time.Month(every))
	}
	return day.Add(every)
}

// nextInWeek goes to the rule's next day of the same week, from Monday to Sunday,
// and after the last one to the first of the week that is due next.
func (r Recurrence) nextInWeek(day Day, every int) Day {
	sinceMonday := (int(day.Weekday()) + 6) % 7
	for ahead := 1; ahead < 7-sinceMonday; ahead++ {
		if next := day.Add(ahead); slices.Contains(r.Others, next.Weekday()) || next.Weekday() == r.Weekday {
			return next
		}
	}
	next := day.Add(7*every - sinceMonday)
	for range 7 {
		if next.Weekday() == r.Weekday || slices.Contains(r.Others, next.Weekday()) {
			break
		}
		next = next.Add(1)
	}
	return next
}

// inMonth is the rule's day in a month; months over 12 belong to later years.
func (r Recurrence) inMonth(year int, month time.Month) Day {
	last := DayOf(time.Date(year, month+1, 0, 12, 0, 0, 0, time.UTC), time.UTC)
	if r.Day >= 1 && r.Day < last.Day {
		last.Day = r.Day
	}
	return last
}

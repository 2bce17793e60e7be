package council

import (
	"slices"
	"time"
)

// Holiday is a national holiday or a day of joint leave, by its local date.
type Holiday struct {
	Date       Day
	Name       string
	JointLeave bool
}

// Calendar knows the working days of a city, in its zone. The zero Calendar has
// no holidays and lives in UTC.
type Calendar struct {
	Zone     *time.Location
	Hours    Hours // what the city changed of the usual hours
	holidays map[Day]Holiday
	offWork  []int // the numbers of those that are no Saturday or Sunday, ascending
}

// NewCalendar makes the calendar of a zone; nil is UTC. Of several holidays on
// one date the first gives the name.
func NewCalendar(zone *time.Location, holidays []Holiday) Calendar {
	calendar := Calendar{Zone: zone, holidays: make(map[Day]Holiday, len(holidays))}
	for _, holiday := range holidays {
		if _, known := calendar.holidays[holiday.Date]; !known {
			calendar.holidays[holiday.Date] = holiday
			if number := holiday.Date.number(); weekday(number) {
				calendar.offWork = append(calendar.offWork, number)
			}
		}
	}
	slices.Sort(calendar.offWork)
	return calendar
}

// Day is the local date of a moment.
func (c Calendar) Day(moment time.Time) Day { return DayOf(moment, c.zone()) }

// Workday tells whether the moment lies on a working day.
func (c Calendar) Workday(moment time.Time) bool { return c.isWorkday(c.Day(moment)) }

// DayOff tells whether the moment lies on a day off, and the holiday's name; a
// plain Saturday or Sunday has no name.
func (c Calendar) DayOff(moment time.Time) (name string, off bool) {
	day := c.Day(moment)
	return c.holidays[day].Name, !c.isWorkday(day)
}

// PreviousWorkday is the nearest working day before the moment's, at the same local hour.
func (c Calendar) PreviousWorkday(moment time.Time) time.Time { return c.AddWorkdays(moment, -1) }

// NextWorkday is the nearest working day after the moment's, at the same local hour.
func (c Calendar) NextWorkday(moment time.Time) time.Time { return c.AddWorkdays(moment, 1) }

// AddWorkdays counts working days on, or back when negative, and keeps the
// local hour. The moment's own day is not counted.
func (c Calendar) AddWorkdays(moment time.Time, workdays int) time.Time {
	if workdays == 0 {
		return moment
	}
	local := moment.In(c.zone())
	sameHour := c.addWorkdays(c.Day(moment), workdays).At(local.Hour(), local.Minute(), c.zone())
	return sameHour.Add(time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond()))
}

// workdaysBetween counts the working days after the local date of one moment up to
// and with that of another; 0 when the other comes before.
func (c Calendar) workdaysBetween(from, to time.Time) int {
	first, last := dayNumber(from, c.zone()), dayNumber(to, c.zone())
	if last <= first {
		return 0
	}
	before, _ := slices.BinarySearch(c.offWork, first+1)
	until, _ := slices.BinarySearch(c.offWork, last+1)
	return weekdaysUntil(last) - weekdaysUntil(first) - (until - before)
}

// DaysBetween counts days from the local date of one moment to that of another;
// negative when the other comes before.
func (c Calendar) DaysBetween(from, to time.Time) int { return c.Day(to).Sub(c.Day(from)) }

// HolidaysBetween lists the holidays on the local dates from one moment to
// another, both dates included, in order.
func (c Calendar) HolidaysBetween(from, to time.Time) []Holiday {
	var between []Holiday
	first, last := c.Day(from), c.Day(to)
	for _, holiday := range c.holidays {
		if !holiday.Date.Before(first) && !last.Before(holiday.Date) {
			between = append(between, holiday)
		}
	}
	slices.SortFunc(between, func(a, b Holiday) int { return a.Date.Sub(b.Date) })
	return between
}

func (c Calendar) isWorkday(day Day) bool {
	if weekday := day.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return false
	}
	_, holiday := c.holidays[day]
	return !holiday
}

// addWorkdays ends, because the list of holidays does.
func (c Calendar) addWorkdays(day Day, workdays int) Day {
	direction := 1
	if workdays < 0 {
		direction, workdays = -1, -workdays
	}
	for workdays > 0 {
		day = day.Add(direction)
		if c.isWorkday(day) {
			workdays--
		}
	}
	return day
}

// workdayOnOrBefore is the day itself, or the working day before a day off.
func (c Calendar) workdayOnOrBefore(day Day) Day {
	if c.isWorkday(day) {
		return day
	}
	return c.addWorkdays(day, -1)
}

// workdayOnOrAfter is the day itself, or the working day after a day off.
func (c Calendar) workdayOnOrAfter(day Day) Day {
	if c.isWorkday(day) {
		return day
	}
	return c.addWorkdays(day, 1)
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

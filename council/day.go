package council

import "time"

// Day is a date without an hour or a zone.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf is the local date of a moment in a zone.
func DayOf(moment time.Time, zone *time.Location) Day {
	year, month, day := moment.In(zone).Date()
	return Day{year, month, day}
}

// ParseDay reads "2006-01-02".
func ParseDay(text string) (Day, error) {
	midnight, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Day{}, err
	}
	return DayOf(midnight, time.UTC), nil
}

// String writes the day as "2006-01-02".
func (d Day) String() string { return d.noon().Format(time.DateOnly) }

// Weekday of the day.
func (d Day) Weekday() time.Weekday { return d.noon().Weekday() }

// Add is the day this many days later, or earlier when negative.
func (d Day) Add(days int) Day { return DayOf(d.noon().AddDate(0, 0, days), time.UTC) }

// Sub is the number of days from the other day to this one.
func (d Day) Sub(other Day) int { return int(d.noon().Sub(other.noon()) / (24 * time.Hour)) }

// Before tells whether this day comes before the other.
func (d Day) Before(other Day) bool { return d.noon().Before(other.noon()) }

// number counts the day from the first one of 1970, a Thursday, which is 0.
func (d Day) number() int { return dayNumber(d.noon(), time.UTC) }

// dayNumber is the number of a moment's local date in a zone.
func dayNumber(moment time.Time, zone *time.Location) int {
	_, offset := moment.In(zone).Zone()
	number, _ := floored(int(moment.Unix())+offset, 24*60*60)
	return number
}

// weekdaysUntil counts the days from Monday to Friday up to and with a numbered day, from
// a Monday before all of them on, or back to it.
func weekdaysUntil(number int) int {
	weeks, rest := floored(number+4, 7)
	return 5*weeks + min(rest, 5)
}

// weekday tells whether a numbered day is none of the weekend.
func weekday(number int) bool { return weekdaysUntil(number) > weekdaysUntil(number-1) }

// floored divides, towards what is less.
func floored(number, by int) (whole, rest int) {
	whole, rest = number/by, number%by
	if rest < 0 {
		whole, rest = whole-1, rest+by
	}
	return whole, rest
}

// At is the moment of a local hour on this day. An hour that the clocks skip
// moves forward by what they skip; of an hour that they show twice it is the first.
func (d Day) At(hour, minute int, zone *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, time.UTC)
	near := time.Date(d.Year, d.Month, d.Day, hour, minute, 0, 0, zone)
	_, offsetBefore := near.Add(-24 * time.Hour).Zone()
	_, offsetAfter := near.Add(24 * time.Hour).Zone()
	moment := wall.Add(-time.Duration(offsetBefore) * time.Second).In(zone)
	if _, offset := moment.Zone(); offset == offsetBefore {
		return moment
	}
	afterChange := wall.Add(-time.Duration(offsetAfter) * time.Second).In(zone)
	if _, offset := afterChange.Zone(); offset == offsetAfter {
		return afterChange
	}
	return moment
}

// noon stands for the day in arithmetic; in UTC every day has 24 hours.
func (d Day) noon() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC)
}

package council

import "time"

// Span is a stretch of time: From is in it, Until is not.
type Span struct{ From, Until time.Time }

// Holds tells whether a moment is in the span.
func (s Span) Holds(moment time.Time) bool { return !moment.Before(s.From) && moment.Before(s.Until) }

// Month is one month of a year.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf is the local month of a moment in a zone.
func MonthOf(moment time.Time, zone *time.Location) Month {
	day := DayOf(moment, zone)
	return Month{day.Year, day.Month}
}

// ParseMonth reads "2006-01".
func ParseMonth(text string) (Month, error) {
	first, err := time.Parse(monthLayout, text)
	return Month{first.Year(), first.Month()}, err
}

const monthLayout = "2006-01"

// String writes the month as "2006-01".
func (m Month) String() string { return m.first().noon().Format(monthLayout) }

// Add is the month this many months later, or earlier when negative.
func (m Month) Add(months int) Month {
	moved := Day{m.Year, m.Month + time.Month(months), 1}.noon()
	return Month{moved.Year(), moved.Month()}
}

// After tells whether this month comes after the other.
func (m Month) After(other Month) bool { return other.first().Before(m.first()) }

// Span is the whole month in a zone.
func (m Month) Span(zone *time.Location) Span {
	return Span{m.first().At(0, 0, zone), m.Add(1).first().At(0, 0, zone)}
}

// Until is the month up to a moment in a zone; the whole of it where the moment
// comes after.
func (m Month) Until(moment time.Time, zone *time.Location) Span {
	span := m.Span(zone)
	if moment.Before(span.Until) {
		span.Until = moment
	}
	return span
}

// Alike is the part of another month that compares with this month up to a moment
// in a zone: a month that is over compares as a whole, one that goes on with the
// other up to the same day and hour, as far as that month has such a day.
func (m Month) Alike(other Month, moment time.Time, zone *time.Location) Span {
	if !moment.Before(m.Span(zone).Until) {
		return other.Span(zone)
	}
	local := moment.In(zone)
	same := Day{other.Year, other.Month, local.Day()} // in the month after it, where it is too long for its own
	hour := same.At(local.Hour(), local.Minute(), zone).Add(time.Duration(local.Second())*time.Second + time.Duration(local.Nanosecond()))
	return other.Until(hour, zone)
}

func (m Month) first() Day { return Day{m.Year, m.Month, 1} }

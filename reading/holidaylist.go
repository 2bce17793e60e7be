package reading

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Bounds of a list of days off.
const (
	mostListLines = 400 // lines that are read; those after them are left
	mostListDays  = 400 // days that are kept
	longestLine   = 300 // bytes of a line that can be a day off
	earliestYear  = 2000
	latestYear    = 2100
)

// Reasons why a line of a list was not understood, beside those of a Due.
const (
	ReasonLineTooLong   = "line_too_long"
	ReasonPeriodTooLong = "period_too_long" // more than a month
)

// HolidayList is what was understood of a list of days off.
type HolidayList struct {
	Days   []ListedDay  // one for each date, in the order of dates
	Decree string       // the decree as the list names it; empty when it does not
	Unread []UnreadLine // what should be a day off and was not understood, in order
	Lines  int          // how many lines were understood as days off
	Left   int          // how many lines were not looked at, because there are too many
}

// ListedDay is one day of a list. Date is midnight UTC of the calendar day; Name
// is empty when the line has none.
type ListedDay struct {
	Date       time.Time
	Name       string
	JointLeave bool
}

// UnreadLine is a line of a list that was not understood, and why: one of the
// Reason constants.
type UnreadLine struct {
	Number int // of the line, from 1
	Text   string
	Reason string
}

// ReadHolidays reads a list of days off as people paste it: a day or a period a
// line, with or without numbers before it, the day of the week, a table's
// separators. A date without a year is of the year that the list names in a
// heading or in the date before it, otherwise of the year given; with year 0 it
// is the next one to come. What stands under the heading "Cuti bersama" is joint
// leave. A date named twice has both names.
func ReadHolidays(text string, year int, context Context) HolidayList {
	lines := listLines(text)
	context.Holidays = nil // a name beside a date is no second date
	l := &listReader{context: context, year: year, days: map[time.Time]ListedDay{}}
	if named := l.yearNamedIn(lines); named != 0 {
		l.year = named
	}
	for index, line := range lines {
		if index == mostListLines || len(l.days) >= mostListDays {
			l.list.Left = len(lines) - index
			break
		}
		l.read(index+1, line)
	}
	for _, day := range l.days {
		l.list.Days = append(l.list.Days, day)
	}
	slices.SortFunc(l.list.Days, func(a, b ListedDay) int { return a.Date.Compare(b.Date) })
	l.list.Decree = cut(strings.Join(l.decrees, "; "), longestDecree)
	return l.list
}

// listReader holds a list while it is read from the first line to the last.
type listReader struct {
	context Context
	year    int  // of dates that do not say theirs
	joint   bool // the heading above says joint leave
	column  bool // the table above has a column for joint leave
	decrees []string
	days    map[time.Time]ListedDay
	list    HolidayList
}

// listLines cuts a text into lines without signs that nobody sees. A table's
// tabulators become semicolons, and quotation marks go.
func listLines(text string) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", ";", `"`, "", "“", "", "”", "").Replace(text)
	text = strings.Map(func(letter rune) rune {
		if letter != '\n' && (unicode.IsControl(letter) || unicode.Is(unicode.Cf, letter) || letter == unicode.ReplacementChar) {
			return -1
		}
		return letter
	}, text)
	lines := strings.Split(text, "\n")
	for index, line := range lines {
		lines[index] = strings.TrimSpace(line)
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// yearNamedIn is the first year that a heading or a date of the list names; 0 if none does.
func (l *listReader) yearNamedIn(lines []string) int {
	for _, whole := range lines[:min(len(lines), mostListLines)] {
		line, _ := withoutDecree(whole)
		if heading, is := headingOf(line); is && heading.year != 0 {
			return heading.year
		}
		if found := l.lineOf(line); found.yearNamed {
			return found.days[0].Year()
		}
	}
	return 0
}

// read takes one line into the list.
func (l *listReader) read(number int, whole string) {
	line, decree := withoutDecree(whole)
	if decree != "" {
		l.decrees = append(l.decrees, decree)
	}
	if heading, is := headingOf(line); is {
		l.under(heading)
		return
	}
	found := l.lineOf(line)
	if found.reason != "" {
		if decree == "" {
			l.list.Unread = append(l.list.Unread, UnreadLine{number, cut(whole, longestName), found.reason})
		}
		return
	}
	if found.yearNamed {
		l.year = found.days[0].Year()
	}
	l.list.Lines++
	name := dayName{joint: l.joint}
	name.take(numberOfLine.ReplaceAllString(line[:found.start], ""))
	name.column = l.column
	name.take(line[found.end:])
	written := name.written()
	for _, date := range found.days {
		l.keep(ListedDay{date, written, name.joint})
	}
}

// under notes what a heading says of the lines below it.
func (l *listReader) under(found heading) {
	if found.year != 0 {
		l.year = found.year
	}
	switch {
	case found.table:
		l.column = found.joint
	case found.joint:
		l.joint = true
	case found.holidays:
		l.joint = false
	}
}

// keep adds a day. Of two names on one date both stay, and a holiday is more
// than joint leave.
func (l *listReader) keep(day ListedDay) {
	known, twice := l.days[day.Date]
	if twice {
		day.JointLeave = day.JointLeave && known.JointLeave
		switch {
		case day.Name == "" || strings.Contains(known.Name, day.Name):
			day.Name = known.Name
		case known.Name != "":
			day.Name = cut(known.Name+" / "+day.Name, longestName)
		}
	}
	l.days[day.Date] = day
}

package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

var weekdays = map[string][7]string{
	Indonesian: {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
	English:    {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
}

var months = map[string][12]string{
	Indonesian: {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
	English:    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Weekday names the day of the week of t in t's own zone.
func (s Speaker) Weekday(t time.Time) string { return weekdays[s.Language][t.Weekday()] }

// Day writes a date in full, in t's own zone: "Jumat, 4 Desember 2026".
func (s Speaker) Day(t time.Time) string {
	return s.Weekday(t) + ", " + s.Date(t)
}

// Date writes a date without its day of the week, in t's own zone: "4 Desember 2026".
func (s Speaker) Date(t time.Time) string {
	return s.dayOfYear(t) + " " + strconv.Itoa(t.Year())
}

// ShortDay writes a date briefly, in words that can be read aloud: "Jum 4 Des".
func (s Speaker) ShortDay(t time.Time) string {
	return s.Weekday(t)[:3] + " " + s.BriefDate(t)
}

// BriefDate writes a date without its day of the week and year: "4 Des".
func (s Speaker) BriefDate(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + months[s.Language][t.Month()-1][:3]
}

// ShortDate writes a date in digits, for pictures where no more has room: "4/12".
func (s Speaker) ShortDate(t time.Time) string {
	return strconv.Itoa(t.Day()) + "/" + strconv.Itoa(int(t.Month()))
}

// Hour writes the time of day with its zone: "16.00 WITA".
func (s Speaker) Hour(t time.Time) string {
	if s.Language == English {
		return t.Format("15:04 MST")
	}
	return t.Format("15.04 MST")
}

// Clock writes a time of day without its zone, in minutes after midnight: "13.30".
func (s Speaker) Clock(minutes int) string {
	separator := "."
	if s.Language == English {
		separator = ":"
	}
	return fmt.Sprintf("%02d%s%02d", minutes/60%24, separator, minutes%60)
}

// Moment writes an instant in full in the city's zone: "Jumat, 4 Desember 2026
// pukul 16.00 WITA".
func (s Speaker) Moment(at time.Time, city *time.Location) string {
	local := at.In(city)
	return s.Day(local) + " " + s.Say("date.at") + " " + s.Hour(local)
}

// Deadline writes a deadline in full, with the days that are left. One that was
// given in another zone shows the city's zone first and then its own:
// "Kamis, 11 Juni 2026 pukul 00.59 WITA (10 Juni 23.59 WIB), 31 hari lagi".
// zone is the IANA name of the zone it was given in, days the days that are left.
func (s Speaker) Deadline(at time.Time, zone string, days int, city *time.Location) string {
	text := s.Moment(at, city)
	left := s.Left(days)
	given := at.In(s.zoneGiven(zone, city))
	if sameClock(at, given.Location(), city) {
		return text + " (" + left + ")"
	}
	return text + " (" + s.dayOfYear(given) + " " + s.Hour(given) + "), " + left
}

// Left says how many days are left, or have passed when days is negative.
func (s Speaker) Left(days int) string {
	switch {
	case days == 0:
		return s.Say("date.today")
	case days < 0:
		return s.Count("date.past", -days)
	}
	return s.Count("date.left", days)
}

// zoneGiven is the zone with this name, the city's when it has none.
func (s Speaker) zoneGiven(name string, city *time.Location) *time.Location {
	if name == "" || name == city.String() {
		return city // the usual case; reading a zone takes longer than all the rest
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return city
	}
	return zone
}

func (s Speaker) dayOfYear(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + months[s.Language][t.Month()-1]
}

func sameClock(at time.Time, a, b *time.Location) bool {
	_, one := at.In(a).Zone()
	_, other := at.In(b).Zone()
	return one == other
}

// Month names a month of a year: "Oktober 2026".
func (s Speaker) Month(year int, month time.Month) string {
	return months[s.Language][month-1] + " " + strconv.Itoa(year)
}

// DaysOfMonth names a month up to a day: "1–16 Oktober 2026".
func (s Speaker) DaysOfMonth(year int, month time.Month, last int) string {
	if last == 1 {
		return "1 " + s.Month(year, month)
	}
	return "1–" + strconv.Itoa(last) + " " + s.Month(year, month)
}

// Decimal writes a number with one decimal, if it has any: "3,5".
func (s Speaker) Decimal(number float64) string {
	text := strings.TrimSuffix(strconv.FormatFloat(number, 'f', 1, 64), ".0")
	if s.Language == English {
		return text
	}
	return strings.Replace(text, ".", ",", 1)
}

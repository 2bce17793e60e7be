package council

import (
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

// holidays2026 is the decree of domain.md section 13; a star marks joint leave.
var holidays2026 = []string{
	"2026-01-01", "2026-01-16", "2026-02-17", "2026-03-19", "2026-03-21", "2026-03-22", "2026-04-03", "2026-04-05",
	"2026-05-01", "2026-05-14", "2026-05-27", "2026-05-31", "2026-06-01", "2026-06-16", "2026-08-17", "2026-08-25",
	"2026-12-25", "2026-02-16*", "2026-03-18*", "2026-03-20*", "2026-03-23*", "2026-03-24*", "2026-05-15*",
	"2026-05-28*", "2026-12-24*",
}

func zoneNamed(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

var makassar = zoneNamed("Asia/Makassar")

func calendar2026(zone *time.Location) Calendar {
	var holidays []Holiday
	for _, line := range holidays2026 {
		day, err := ParseDay(line[:10])
		if err != nil {
			panic(err)
		}
		holidays = append(holidays, Holiday{Date: day, Name: "libur " + line[:10], JointLeave: len(line) > 10})
	}
	return NewCalendar(zone, holidays)
}

// at reads "2006-01-02 15:04" or with seconds, in Makassar.
func at(text string) time.Time {
	layout := "2006-01-02 15:04"
	if len(text) > len(layout) {
		layout = "2006-01-02 15:04:05"
	}
	moment, err := time.ParseInLocation(layout, text, makassar)
	if err != nil {
		panic(err)
	}
	return moment
}

func TestQuietTimesAndTheNextAllowedMoment(t *testing.T) {
	calendar := calendar2026(makassar)
	tests := []struct {
		name, moment, reason, next string
	}{
		{"a working morning", "2026-06-04 08:00", "", "2026-06-04 08:00"},
		{"a second too early", "2026-06-04 07:29:59", "before_hours", "2026-06-04 07:30"},
		{"half past seven sharp", "2026-06-04 07:30", "", "2026-06-04 07:30"},
		{"half past four sharp", "2026-06-04 16:30", "", "2026-06-04 16:30"},
		{"a second later, when what falls due then is said", "2026-06-04 16:30:01", "", "2026-06-04 16:30:01"},
		{"a minute too late", "2026-06-04 16:31", "after_hours", "2026-06-05 07:30"},
		{"Friday noon", "2026-06-05 11:30", "friday_prayer", "2026-06-05 13:30"},
		{"before Friday noon", "2026-06-05 11:29:59", "", "2026-06-05 11:29:59"},
		{"after Friday noon", "2026-06-05 13:30", "", "2026-06-05 13:30"},
		{"Thursday noon", "2026-06-04 12:00", "", "2026-06-04 12:00"},
		{"Friday evening", "2026-06-05 19:00", "after_hours", "2026-06-08 07:30"},
		{"Saturday", "2026-06-06 10:00", "day_off", "2026-06-08 07:30"},
		{"the eve of a holiday and joint leave", "2026-05-26 17:00", "after_hours", "2026-05-29 07:30"},
		{"joint leave", "2026-05-28 09:00", "day_off", "2026-05-29 07:30"},
		{"a Friday of joint leave at noon", "2026-05-15 12:00", "day_off", "2026-05-18 07:30"},
		{"the seven days of Nyepi and Idulfitri", "2026-03-17 23:00", "after_hours", "2026-03-25 07:30"},
		{"a Sunday before a Monday holiday", "2026-05-31 08:00", "day_off", "2026-06-02 07:30"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reason, quiet := calendar.Quiet(at(test.moment))
			if reason != test.reason || quiet != (test.reason != "") {
				t.Errorf("quiet %v %q, want %q", quiet, reason, test.reason)
			}
			if next := calendar.NextAllowed(at(test.moment)); !next.Equal(at(test.next)) {
				t.Errorf("next allowed %s, want %s", next, test.next)
			}
		})
	}
}

func TestWorkdays(t *testing.T) {
	calendar := calendar2026(makassar)
	tests := []struct {
		name, moment string
		workdays     int
		want         string
	}{
		{"the working day before joint leave and a holiday", "2026-05-28 08:00", -1, "2026-05-26 08:00"},
		{"the working day after them", "2026-05-27 08:00", 1, "2026-05-29 08:00"},
		{"over a long weekend", "2026-05-13 14:45", 1, "2026-05-18 14:45"},
		{"five working days", "2026-10-07 10:13", 5, "2026-10-14 10:13"},
		{"none", "2026-10-10 10:13", 0, "2026-10-10 10:13"},
		{"seconds are kept", "2026-06-05 10:13:27", 1, "2026-06-08 10:13:27"},
		{"into the next year", "2026-12-31 08:00", 1, "2027-01-01 08:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := calendar.AddWorkdays(at(test.moment), test.workdays); !got.Equal(at(test.want)) {
				t.Fatalf("got %s, want %s", got, test.want)
			}
		})
	}
	if got := calendar.PreviousWorkday(at("2026-06-08 08:00")); !got.Equal(at("2026-06-05 08:00")) {
		t.Errorf("previous working day of a Monday: %s", got)
	}
	if got := calendar.NextWorkday(at("2026-06-05 08:00")); !got.Equal(at("2026-06-08 08:00")) {
		t.Errorf("next working day of a Friday: %s", got)
	}
}

func TestDaysOffHaveNames(t *testing.T) {
	calendar := calendar2026(makassar)
	tests := []struct {
		name, moment, holiday string
		off                   bool
	}{
		{"a holiday", "2026-05-27 00:00", "libur 2026-05-27", true},
		{"joint leave to its last minute", "2026-05-28 23:59", "libur 2026-05-28", true},
		{"a holiday on a Sunday", "2026-05-31 12:00", "libur 2026-05-31", true},
		{"a plain Saturday", "2026-06-06 12:00", "", true},
		{"a working day", "2026-05-29 00:00", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			holiday, off := calendar.DayOff(at(test.moment).UTC())
			if holiday != test.holiday || off != test.off || calendar.Workday(at(test.moment)) == off {
				t.Fatalf("got %q %v", holiday, off)
			}
		})
	}
	first := Holiday{Date: Day{2026, time.May, 1}, Name: "first"}
	twice := NewCalendar(makassar, []Holiday{first, {Date: first.Date, Name: "second"}})
	if name, _ := twice.DayOff(at("2026-05-01 09:00")); name != "first" {
		t.Fatalf("of two names on one date: %s", name)
	}
	var dates string
	for _, holiday := range calendar.HolidaysBetween(at("2026-05-14 23:00"), at("2026-05-28 01:00")) {
		dates += holiday.Date.String()[5:]
		if holiday.JointLeave {
			dates += "*"
		}
		dates += " "
	}
	if dates != "05-14 05-15* 05-27 05-28* " {
		t.Fatalf("holidays between: %s", dates)
	}
}

func TestTheClockAndTheCalendarOfOtherZones(t *testing.T) {
	kyiv, cairo := zoneNamed("Europe/Kyiv"), zoneNamed("Africa/Cairo")
	tests := []struct {
		name         string
		day          Day
		hour, minute int
		zone         *time.Location
		want         string
	}{
		{"an ordinary hour", Day{2026, time.June, 11}, 0, 59, makassar, "2026-06-10T16:59:00Z"},
		{"an hour that is skipped moves forward", Day{2026, time.March, 29}, 3, 30, kyiv, "2026-03-29T01:30:00Z"},
		{"an hour shown twice is the first", Day{2026, time.October, 25}, 3, 30, kyiv, "2026-10-25T00:30:00Z"},
		{"after the hour shown twice", Day{2026, time.October, 25}, 4, 0, kyiv, "2026-10-25T02:00:00Z"},
		{"a midnight that is skipped", Day{2026, time.April, 24}, 0, 0, cairo, "2026-04-23T22:00:00Z"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.day.At(test.hour, test.minute, test.zone).UTC().Format(time.RFC3339); got != test.want {
				t.Fatalf("got %s, want %s", got, test.want)
			}
		})
	}
	calendar := NewCalendar(kyiv, nil)
	from := Day{2026, time.March, 28}.At(23, 30, kyiv)
	if days := calendar.DaysBetween(from, Day{2026, time.March, 30}.At(0, 10, kyiv)); days != 2 {
		t.Errorf("over a day of 23 hours: %d days", days)
	}
	if days := (Calendar{}).DaysBetween(at("2026-06-11 00:59"), at("2026-06-10 08:00")); days != 0 {
		t.Errorf("in UTC: %d days", days)
	}
	if _, err := ParseDay("31-12-2026"); err == nil {
		t.Error("a date in another order is read")
	}
}

// TestWorkdaysAreCountedAsOneByOne holds what is calculated to what is counted day by day,
// in zones whose clocks change, also before 1970.
func TestWorkdaysAreCountedAsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Asia/Makassar", "Europe/Berlin", "America/St_Johns"}).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		began := Day{1969, time.November, 20}.Add(rapid.IntRange(0, 30000).Draw(t, "begins"))
		var holidays []Holiday
		for _, at := range rapid.SliceOfN(rapid.IntRange(-3, 45), 0, 12).Draw(t, "holidays") {
			holidays = append(holidays, Holiday{Date: began.Add(at), Name: "Libur"})
		}
		calendar := NewCalendar(zone, holidays)
		from := began.At(rapid.IntRange(0, 23).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"), zone)
		to := from.Add(time.Duration(rapid.IntRange(-5*24*60, 45*24*60).Draw(t, "minutes")) * time.Minute)
		want := 0
		for day := calendar.Day(from).Add(1); !calendar.Day(to).Before(day); day = day.Add(1) {
			if calendar.isWorkday(day) {
				want++
			}
		}
		if got := calendar.workdaysBetween(from, to); got != want {
			t.Errorf("%s to %s: %d, counted %d", from, to, got, want)
		}
	})
}

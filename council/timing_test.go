package council

import (
	"slices"
	"testing"
	"time"
)

func TestOtherCronExpressions(t *testing.T) {
	calendar := calendar2026(makassar)
	on := func(weekdays ...time.Weekday) func(Day) bool {
		return func(day Day) bool { return slices.Contains(weekdays, day.Weekday()) }
	}
	twice := func(after time.Time) time.Time {
		morning, noon := daily(8, 0, makassar)(after), daily(13, 45, makassar)(after)
		if morning.Before(noon) {
			return morning
		}
		return noon
	}
	tests := []struct {
		name string
		next func(time.Time) time.Time
		step Step
		due  string
	}{
		{"none given: eight o'clock", nil, "H-3", "2026-06-08 08:00"},
		{"midnight belongs to the day it begins", daily(0, 0, makassar), "H-3", "2026-06-08 00:00"},
		{"an expression that stands still", func(time.Time) time.Time { return at("2026-06-08 08:00") }, "H-3", "2026-06-08 08:00"},
		{"another hour", daily(9, 15, makassar), "H-3", "2026-06-08 09:15"},
		{"twice a day: the last firing of the day", twice, "H-3", "2026-06-08 13:45"},
		{"Tuesdays: the last firing on or before", firing(8, 0, makassar, on(time.Tuesday)), "H-1", "2026-06-09 08:00"},
		{"Tuesdays: the day itself too", firing(8, 0, makassar, on(time.Tuesday)), "H", "2026-06-09 08:00"},
		{"Tuesdays: overdue steps wait for the next", firing(8, 0, makassar, on(time.Tuesday)), "overdue+3", "2026-06-23 08:00"},
		{"Sundays alone never meet a working day", firing(8, 0, makassar, on(time.Sunday)), "H-3", "2026-06-08 08:00"},
		{"never", func(time.Time) time.Time { return time.Time{} }, "H", "2026-06-11 08:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			timing := Timing{Next: test.next, Calendar: calendar}
			if due, ok := timing.Moment(test.step, deadlineAt("2026-06-11 16:00")); !ok || !due.Equal(at(test.due)) {
				t.Fatalf("got %s, want %s", due, test.due)
			}
		})
	}
}

func TestStepsAndTheirDays(t *testing.T) {
	tests := []struct {
		step  Step
		days  int
		known bool
		moves bool // for a deadline on Thursday 11 June 2026
	}{
		{"H-30", -30, true, false}, {"H-14", -14, true, true}, {"H-1", -1, true, false}, {"H", 0, true, false},
		{"soon", 0, true, false}, {"overdue+3", 3, true, true}, {"overdue+14", 14, true, false},
		{"H-", 0, false, false}, {"H-x", 0, false, false}, {"overdue+0", 0, false, false}, {"later", 0, false, false},
	}
	for _, test := range tests {
		t.Run(string(test.step), func(t *testing.T) {
			days, known := test.step.Days()
			if known != test.known || known && days != test.days {
				t.Fatalf("got %d %v", days, known)
			}
			if moves := calendar2026(makassar).Moves(test.step, deadlineAt("2026-06-11 16:00")); moves != test.moves {
				t.Fatalf("moves %v", moves)
			}
		})
	}
}

func TestTheMorningOfADay(t *testing.T) {
	everyDay := func(hour int) func(time.Time) time.Time { return daily(hour, 0, makassar) }
	tests := []struct {
		name         string
		next         func(time.Time) time.Time
		moment, want string
	}{
		{"ahead", nil, "2026-06-08 07:30", "2026-06-08 08:00"},
		{"at it", nil, "2026-06-08 08:00", "2026-06-08 08:00"},
		{"past", nil, "2026-06-08 13:30", "2026-06-08 13:30"},
		{"of a day off there is none", nil, "2026-06-07 07:30", "2026-06-07 07:30"},
		{"in the afternoon", everyDay(15), "2026-06-08 07:30", "2026-06-08 15:00"},
		{"after working time", everyDay(17), "2026-06-08 07:30", "2026-06-08 07:30"},
		{"in the noon of a Friday", everyDay(12), "2026-06-05 07:30", "2026-06-05 07:30"},
		{"in the noon of a Monday", everyDay(12), "2026-06-08 07:30", "2026-06-08 12:00"},
		{"on another day of the week", firing(8, 0, makassar, func(day Day) bool { return day.Weekday() == time.Tuesday }), "2026-06-08 07:30", "2026-06-08 07:30"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			timing := Timing{Next: test.next, Calendar: calendar2026(makassar)}
			if morning := timing.MorningOf(at(test.moment)); !morning.Equal(at(test.want)) {
				t.Fatalf("got %s, want %s", morning, test.want)
			}
		})
	}
}

func TestTheMomentOfWhatHangsOnAnAnchor(t *testing.T) {
	tests := []struct {
		step   Step
		anchor string
		want   string // empty: no moment
	}{
		{"H-3", "2026-05-31 16:00", "2026-05-26 08:00"},
		{StepDay, "2026-05-31 16:00", "2026-05-31 08:00"},
		{StepSoon, "2026-06-11 16:00", "2026-06-11 14:00"},
		{StepSoon, "2026-06-11 09:00", ""},
		{"overdue+1", "2026-06-05 16:00", "2026-06-08 08:00"},
		{StepUnacknowledged, "2026-06-08 10:00", "2026-06-11 08:00"},
		{StepSilent, "2026-06-09 10:00", "2026-06-17 08:00"},
		{StepSnoozed, "2026-06-14 08:00", "2026-06-14 08:00"},
		{StepOwn, "2026-06-14 21:05", "2026-06-14 21:05"},
		{StepAbsence, "2026-06-14 03:10", "2026-06-14 03:10"},
		{StepYearMissing, "2026-12-01 00:00", "2026-12-01 08:00"},
		{StepYearMissing, "2029-12-01 00:00", "2029-12-03 08:00"},
		{"later", "2026-06-14 08:00", ""},
	}
	for _, test := range tests {
		t.Run(string(test.step)+" of "+test.anchor, func(t *testing.T) {
			timing, reminder := timing2026(), Reminder{Step: test.step, Anchor: at(test.anchor), Due: at(test.anchor).AddDate(1, 0, 0)}
			moment, known := timing.MomentOf(reminder)
			if known != (test.want != "") || known && !moment.Equal(at(test.want)) {
				t.Fatalf("got %s %v, want %s", moment, known, test.want)
			}
			if known && (timing.Begun(reminder, moment.Add(-time.Second)) || !timing.Begun(reminder, moment)) {
				t.Fatalf("begun a second before: %v, at it: %v", timing.Begun(reminder, moment.Add(-time.Second)), timing.Begun(reminder, moment))
			}
			if !known && timing.Begun(reminder, at("2030-01-01 08:00")) {
				t.Fatal("what has no moment has begun")
			}
		})
	}
}

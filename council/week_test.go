package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWeeksAreNumbered(t *testing.T) {
	for day, want := range map[string]string{"2026-06-01": "W-202623", "2026-06-07": "W-202623", "2027-01-03": "W-202653", "2027-01-04": "W-202701", "2025-12-29": "W-202601"} {
		date, _ := ParseDay(day)
		week, monday := WeekOf(date), mondayOf(date)
		if got := week.Reference().String(); got != want || WeekOf(monday) != week || monday.Weekday() != time.Monday || WeekOf(monday.Add(-1)) == week {
			t.Errorf("%s: %s, Monday %s", day, got, monday)
		}
	}
}

func TestTheWeekIsSummedUpOnAWorkingDay(t *testing.T) {
	zone := zoneNamed("Asia/Makassar")
	days := func(texts ...string) (holidays []Holiday) {
		for _, text := range texts {
			date, _ := ParseDay(text)
			holidays = append(holidays, Holiday{Date: date, Name: "holiday"})
		}
		return holidays
	}
	fridays := func(after time.Time) time.Time {
		day := DayOf(after, zone)
		for day.Weekday() != time.Friday || !day.At(14, 30, zone).After(after) {
			day = day.Add(1)
		}
		return day.At(14, 30, zone)
	}
	tests := map[string]struct {
		weekly   func(time.Time) time.Time
		holidays []Holiday
		after    string
		want     string
	}{
		"the next Monday":                   {nil, nil, "2026-06-02 09:00", "2026-06-08 08:00"},
		"this Monday":                       {nil, nil, "2026-06-01 07:59", "2026-06-01 08:00"},
		"not the same again":                {nil, nil, "2026-06-01 08:00", "2026-06-08 08:00"},
		"after a holiday":                   {nil, days("2026-06-01"), "2026-05-29 09:00", "2026-06-02 08:00"},
		"still to come on the holiday":      {nil, days("2026-06-01"), "2026-06-01 12:00", "2026-06-02 08:00"},
		"a week without working days":       {nil, days("2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20"), "2026-03-12 09:00", "2026-03-23 08:00"},
		"an expression of its own":          {fridays, nil, "2026-06-02 09:00", "2026-06-05 14:30"},
		"no later day in the week is free":  {fridays, days("2026-06-05"), "2026-06-02 09:00", "2026-06-04 14:30"},
		"an expression that never fires":    {func(time.Time) time.Time { return time.Time{} }, nil, "2026-06-02 09:00", ""},
		"the turn of a year of 53 weeks":    {nil, days("2027-01-01"), "2026-12-29 09:00", "2027-01-04 08:00"},
		"the day before the day that moved": {nil, days("2026-06-01", "2026-06-02"), "2026-06-02 23:00", "2026-06-03 08:00"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			timing := Timing{Weekly: test.weekly, Calendar: NewCalendar(zone, test.holidays)}
			after, err := time.ParseInLocation("2006-01-02 15:04", test.after, zone)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if planned := PlanWeek(after, timing); len(planned) > 0 {
				got = planned[0].Due.In(zone).Format("2006-01-02 15:04")
			}
			if got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// TestTheWeekIsSummedUpOnce: over any time each week with a working day has one
// summary, on its first working day, and after an outage none but the present one.
func TestTheWeekIsSummedUpOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, start := drawTiming(t), drawMoment(t, "start")
		calendar := timing.Calendar
		now, due := start, PlanWeek(start, timing)[0]
		given := map[Reference]bool{}
		for range 20 {
			if !due.Due.After(now) { // the program was away
				due.Due = now
			}
			now = due.Due.Add(time.Duration(rapid.IntRange(0, 25*24*60).Draw(t, "minutes late")) * time.Minute)
			if late := WeekOver(due.Subject, now, calendar); !late {
				if given[due.Subject] {
					t.Fatalf("%s is given twice", due.Subject)
				}
				given[due.Subject] = true
			}
			next := NextWeek(due, now, timing)
			if len(next) == 0 {
				t.Fatal("there is none any more")
			}
			if WeekOf(calendar.Day(next[0].Due)).Reference() != next[0].Subject || next[0].Subject == due.Subject {
				t.Fatalf("%s at %s follows on %s", next[0].Subject, next[0].Due, due.Subject)
			}
			if monday := mondayOf(calendar.Day(next[0].Due)); calendar.workdayOnOrAfter(monday) != calendar.Day(next[0].Due) {
				t.Fatalf("at %s, though %s is the first working day", next[0].Due, calendar.workdayOnOrAfter(monday))
			}
			if present := mondayOf(calendar.Day(now)); calendar.Day(next[0].Due).Before(present) {
				t.Fatalf("at %s a summary of %s follows", now, next[0].Due)
			}
			due = next[0]
		}
	})
}

func TestAWeekThatIsOverIsNotSpokenOf(t *testing.T) {
	timing := Timing{Calendar: NewCalendar(zoneNamed("Asia/Makassar"), nil)}
	monday := time.Date(2026, 6, 8, 0, 0, 0, 0, time.UTC) // 08.00
	reminder := Reminder{Subject: Reference{WeekLetter, 202624}, Step: StepWeekly, Audience: ToGroup, Anchor: monday, Due: monday}
	for hours, want := range map[int]Decision{0: {Verdict: Say, Reason: "due"}, 53: {Verdict: Say, Reason: "due"}, -2: {Verdict: Drop, Reason: "week_over"},
		11: {Verdict: Wait, Reason: "quiet_time"}, 7 * 24: {Verdict: Drop, Reason: "week_over"}} {
		now := monday.Add(time.Duration(hours) * time.Hour)
		if hours == -2 {
			now = monday.Add(-48 * time.Hour)
		}
		got := DecideWeek(reminder, now, timing)
		if got.Verdict != want.Verdict || got.Reason != want.Reason {
			t.Errorf("%d hours after: %+v", hours, got)
		}
	}
}

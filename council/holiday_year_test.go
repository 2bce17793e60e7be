package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhenAYearWithoutHolidaysIsSpokenOf(t *testing.T) {
	tests := []struct{ name, now, want string }{
		{"before December", "2026-05-11 09:00", "Y-2027 01/12 Y-2027 15/12 Y-2027 28/12"},
		{"on the morning itself it has been planned", "2026-12-01 08:00", "Y-2027 15/12 Y-2027 28/12"},
		{"before the morning", "2026-12-01 07:59", "Y-2027 01/12 Y-2027 15/12 Y-2027 28/12"},
		{"in the last days", "2026-12-28 09:00", "Y-2028 01/12 Y-2028 15/12 Y-2028 28/12"},
		{"days off move it on", "2029-11-30 09:00", "Y-2030 03/12 Y-2030 17/12 Y-2030 28/12"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := ""
			for _, reminder := range PlanYear(at(test.now), timing2026()) {
				if reminder.Step != StepYearMissing || reminder.Audience != ToCoordinator || reminder.MemberID != 0 {
					t.Fatalf("planned %+v", reminder)
				}
				got += " " + reminder.Subject.String() + " " + reminder.Due.In(makassar).Format("02/01")
			}
			if got[1:] != test.want {
				t.Fatalf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestDecidingAboutAYearWithoutHolidays(t *testing.T) {
	known := timing2026()
	known.Calendar = NewCalendar(makassar, []Holiday{{Date: Day{2027, time.January, 1}}})
	tests := []struct {
		name    string
		timing  Timing
		day     int
		now     string
		verdict Verdict
		reason  string
		until   string
	}{
		{"in its morning", timing2026(), 1, "2026-12-01 08:00", Say, "due", ""},
		{"before it", timing2026(), 1, "2026-12-01 07:00", Wait, "not_due", "2026-12-01 08:00"},
		{"late in the evening", timing2026(), 1, "2026-12-01 20:00", Wait, "quiet_time", "2026-12-02 07:30"},
		{"a week late", timing2026(), 1, "2026-12-08 09:00", Say, "due", ""},
		{"on the last evening before it is spoken of again", timing2026(), 1, "2026-12-14 16:30", Say, "due", ""},
		{"on the day on which it is spoken of again", timing2026(), 1, "2026-12-15 07:45", Drop, "superseded", ""},
		{"when it is spoken of again", timing2026(), 1, "2026-12-15 08:00", Drop, "superseded", ""},
		{"the last time, late", timing2026(), 28, "2026-12-31 09:00", Say, "due", ""},
		{"over Christmas", timing2026(), 15, "2026-12-24 09:00", Wait, "quiet_time", "2026-12-28 07:30"},
		{"the year has begun", timing2026(), 28, "2027-01-01 09:00", Drop, "year_begun", ""},
		{"somebody has sent the list", known, 1, "2026-12-01 08:00", Drop, "year_known", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, reminder := range PlanYear(at("2026-11-02 09:00"), test.timing) {
				if test.timing.Calendar.Day(reminder.Anchor).Day == test.day {
					check(t, DecideYear(reminder, at(test.now), test.timing), test.verdict, test.reason, test.until)
					return
				}
			}
			t.Fatal("not planned")
		})
	}
}

func TestAYearIsKnownByAnyOfItsHolidays(t *testing.T) {
	for year, want := range map[int]bool{2025: false, 2026: true, 2027: false} {
		if known := calendar2026(makassar).KnowsYear(year); known != want {
			t.Errorf("%d is known: %v", year, known)
		}
	}
}

// TestAMissingYearIsSpokenOfInItsDecember: at any moment the next times are ahead,
// in order, for the year after theirs, and each is said when it comes.
func TestAMissingYearIsSpokenOfInItsDecember(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		timing.Calendar = NewCalendar(timing.Calendar.Zone, nil)
		last := now
		for _, reminder := range PlanYear(now, timing) {
			day := timing.Calendar.Day(reminder.Due)
			if !reminder.Due.After(last) || day.Month != time.December || int64(day.Year+1) != reminder.Subject.Number {
				t.Fatalf("planned %+v at %s", reminder, now)
			}
			if decision := DecideYear(reminder, reminder.Due, timing); decision.Verdict != Say {
				t.Fatalf("%s: %+v", reminder.Due, decision)
			}
			last = reminder.Due
		}
	})
}

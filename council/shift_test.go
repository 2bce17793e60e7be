package council

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestShiftOf(t *testing.T) {
	zone := time.FixedZone("WITA", 8*3600)
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, zone)
	}
	off := func(days ...int) Timing {
		var holidays []Holiday
		for _, day := range days {
			holidays = append(holidays, Holiday{Date: Day{2026, time.August, day}})
		}
		return Timing{Calendar: NewCalendar(zone, holidays)}
	}
	now := at(time.August, 10, 9)
	for _, test := range []struct {
		name          string
		step          Step
		anchor        time.Time
		before, after Timing
		from, to      time.Time
	}{
		{"a step before its deadline comes earlier", "H-3", at(time.August, 21, 16), off(17), off(17, 18), at(time.August, 18, 8), at(time.August, 14, 8)},
		{"and back", "H-3", at(time.August, 21, 16), off(17, 18), off(17), at(time.August, 14, 8), at(time.August, 18, 8)},
		{"an overdue step comes later", "overdue+1", at(time.August, 17, 16), off(17), off(17, 18), at(time.August, 18, 8), at(time.August, 19, 8)},
		{"two working days take longer", StepUnacknowledged, at(time.August, 13, 10), off(), off(14), at(time.August, 18, 8), at(time.August, 19, 8)},
		{"the day itself stays", StepDay, at(time.August, 18, 16), off(), off(18), time.Time{}, time.Time{}},
		{"what somebody asked for stays", StepOwn, at(time.August, 18, 9), off(), off(18), time.Time{}, time.Time{}},
		{"another day off", "H-3", at(time.August, 21, 16), off(), off(25), time.Time{}, time.Time{}},
		{"what has begun stays", "H-7", at(time.August, 17, 16), off(), off(10), time.Time{}, time.Time{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			from, to, shifts := ShiftOf(Reminder{Step: test.step, Anchor: test.anchor}, test.before, test.after, now)
			if shifts != !test.from.IsZero() || shifts && (!from.Equal(test.from) || !to.Equal(test.to)) {
				t.Errorf("%v: from %v to %v", shifts, from, to)
			}
		})
	}
}

// TestShiftsAreThoseOfThePlans plans a task by two calendars: what stands in both
// plans is shifted exactly when its days differ.
func TestShiftsAreThoseOfThePlans(t *testing.T) {
	zone := time.FixedZone("WITA", 8*3600)
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2026, 3, 2, 9, 0, 0, 0, zone)
		days := func(name string) []Holiday {
			var holidays []Holiday
			for _, offset := range rapid.SliceOfDistinct(rapid.IntRange(0, 60), rapid.ID[int]).Draw(t, name) {
				holidays = append(holidays, Holiday{Date: DayOf(start, zone).Add(offset)})
			}
			return holidays
		}
		before, after := Timing{Calendar: NewCalendar(zone, days("before"))}, Timing{Calendar: NewCalendar(zone, days("after"))}
		now := start.Add(time.Duration(rapid.IntRange(0, 20*24).Draw(t, "hours")) * time.Hour)
		task := Task{Number: 1, State: TaskNew, CreatedAt: start, Assignees: AssignTo(7),
			Deadline: Deadline{At: start.AddDate(0, 0, rapid.IntRange(1, 50).Draw(t, "deadline"))}}
		due := make(map[Reminder]time.Time)
		for _, reminder := range PlanTask(task, now, after) {
			when := reminder.Due
			reminder.Due = time.Time{}
			due[reminder] = when
		}
		for _, reminder := range PlanTask(task, now, before) {
			when := reminder.Due
			reminder.Due = time.Time{}
			_, to, shifts := ShiftOf(reminder, before, after, now)
			other, stays := due[reminder]
			switch {
			case !stays || !when.After(now):
			case shifts != (DayOf(other, zone) != DayOf(when, zone)), shifts && !to.Equal(other):
				t.Errorf("%s goes from %v to %v by the plans, and to %v (%v)", reminder.Step, when, other, to, shifts)
			}
		}
	})
}

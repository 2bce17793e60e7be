package council

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWhatIsSaidIsSaidNextAtItsNextTime(t *testing.T) {
	rule := func(unit Unit, change ...func(*Recurrence)) *Recurrence {
		r := &Recurrence{Unit: unit, Every: 1, Hour: 8}
		for _, one := range change {
			one(r)
		}
		return r
	}
	everyTwo := func(r *Recurrence) { r.Every = 2 }
	monday := func(r *Recurrence) { r.Weekday = time.Monday }
	thursdayToo := func(r *Recurrence) { r.Weekday, r.Others = time.Monday, []time.Weekday{time.Thursday} }
	on := func(day int) func(*Recurrence) { return func(r *Recurrence) { r.Day = day } }
	leaves := []Leave{{First: june(9), Last: june(10)}, {First: june(11), Last: june(12)}}
	tests := []struct {
		name       string
		recurrence *Recurrence
		groupID    int64
		was        string // for when it was planned
		said       string
		leaves     []Leave
		next       string // empty: it has ended
	}{
		{"once", nil, 0, "2026-06-08 09:00", "2026-06-08 09:00", nil, ""},
		{"every Monday", rule(EveryWeek, monday), 0, "2026-06-08 08:00", "2026-06-08 08:00", nil, "2026-06-15 08:00"},
		{"every Monday, late by a day", rule(EveryWeek, monday), 0, "2026-06-08 08:00", "2026-06-09 10:00", nil, "2026-06-15 08:00"},
		{"every Monday, late by three weeks: none is made up for", rule(EveryWeek, monday), 0, "2026-06-08 08:00", "2026-06-29 10:00", nil, "2026-07-06 08:00"},
		{"said at the very moment of the next", rule(EveryWeek, monday), 0, "2026-06-08 08:00", "2026-06-15 08:00", nil, "2026-06-22 08:00"},
		{"the clock was set back", rule(EveryWeek, monday), 0, "2026-06-08 08:00", "2026-06-01 08:00", nil, "2026-06-15 08:00"},
		{"every second Monday keeps its weeks over an outage", rule(EveryWeek, monday, everyTwo), 0, "2026-06-08 08:00", "2026-06-16 08:00", nil, "2026-06-22 08:00"},
		{"Mondays and Thursdays", rule(EveryWeek, thursdayToo), 0, "2026-06-08 08:00", "2026-06-08 08:00", nil, "2026-06-11 08:00"},
		{"the 5th, a Sunday", rule(EveryMonth, on(5)), 0, "2026-06-05 08:00", "2026-06-05 08:00", nil, "2026-07-05 08:00"},
		{"the 31st of a short month", rule(EveryMonth, on(31)), 0, "2026-05-31 08:00", "2026-05-31 08:00", nil, "2026-06-30 08:00"},
		{"every day, on days off too", rule(EveryDay), 0, "2026-05-26 08:00", "2026-05-26 08:00", nil, "2026-05-27 08:00"},
		{"every working day", rule(EveryWorkday), 0, "2026-05-26 08:00", "2026-05-26 08:00", nil, "2026-05-29 08:00"},
		{"every working day, over two leaves and a weekend", rule(EveryWorkday), 0, "2026-06-08 08:00", "2026-06-08 08:00", leaves, "2026-06-15 08:00"},
		{"a group is not on leave", rule(EveryWorkday), 4, "2026-06-08 08:00", "2026-06-08 08:00", leaves, "2026-06-09 08:00"},
		{"what was asked for by its date is said on leave", rule(EveryWeek, thursdayToo), 0, "2026-06-08 08:00", "2026-06-08 08:00", leaves, "2026-06-11 08:00"},
		{"a rule that names no day ends", rule("year"), 0, "2026-06-08 08:00", "2026-06-08 08:00", nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			own := OwnReminder{Number: 3, MemberID: 5, GroupID: test.groupID, Recurrence: test.recurrence, Next: at(test.was), Version: 2}
			after := own.Said(at(test.said), test.leaves, calendar2026(makassar))
			if after.Version != 3 || after.Ended() != (test.next == "") || !after.Ended() && !after.Next.Equal(at(test.next)) {
				t.Fatalf("version %d, next %s, want %s", after.Version, after.Next, test.next)
			}
		})
	}
}

func TestWhatPassesOverItsDay(t *testing.T) {
	leaves := []Leave{{First: june(8), Last: june(9)}}
	tests := []struct {
		name    string
		unit    Unit
		groupID int64
		moment  string
		skips   bool
	}{
		{"a working day", EveryWorkday, 0, "2026-06-10 08:00", false},
		{"a working day on leave", EveryWorkday, 0, "2026-06-09 08:00", true},
		{"of a group", EveryWorkday, 4, "2026-06-09 08:00", false},
		{"a day that has become a day off", EveryWorkday, 0, "2026-06-16 08:00", true},
		{"of a group as well", EveryWorkday, 4, "2026-06-16 08:00", true},
		{"every day, on leave", EveryDay, 0, "2026-06-09 08:00", false},
		{"every week, on a day off", EveryWeek, 0, "2026-06-16 08:00", false},
		{"once, on leave", "", 0, "2026-06-09 08:00", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			own := OwnReminder{MemberID: 5, GroupID: test.groupID, Recurrence: &Recurrence{Unit: test.unit, Every: 1}}
			if test.unit == "" {
				own.Recurrence = nil
			}
			if skips := own.Skips(at(test.moment), leaves, calendar2026(makassar)); skips != test.skips {
				t.Fatalf("skips: %v", skips)
			}
		})
	}
}

func TestAnOwnReminderEndsAndIsDecidedOn(t *testing.T) {
	next := at("2026-06-09 09:00")
	own := OwnReminder{Number: 3, MemberID: 5, Text: "rapat", Next: next, Version: 1}
	want := []Reminder{{Subject: Reference{'N', 3}, Step: StepOwn, Audience: ToMember, MemberID: 5, Anchor: next, Due: next}}
	if difference := cmp.Diff(want, own.Plan()); difference != "" {
		t.Errorf("in private:\n%s", difference)
	}
	check(t, DecideOwn(want[0], own, nil, calendar2026(makassar)), Say, "asked", "")
	group := own
	group.GroupID = 4
	want[0].Audience, want[0].MemberID, want[0].GroupID = ToGroup, 0, 4
	if difference := cmp.Diff(want, group.Plan()); difference != "" {
		t.Errorf("in a group:\n%s", difference)
	}
	moved := own
	moved.Next = at("2026-06-10 09:00")
	check(t, DecideOwn(want[0], moved, nil, calendar2026(makassar)), Drop, "moved", "")
	daily := own
	daily.Recurrence = &Recurrence{Unit: EveryWorkday, Every: 1, Hour: 9}
	away := []Leave{{MemberID: 5, First: Day{2026, 6, 9}, Last: Day{2026, 6, 9}}}
	for name, row := range map[string]struct {
		decision Decision
		reason   string
		passes   bool
	}{
		"asked for by its date, on leave":     {DecideOwn(own.Plan()[0], own, away, calendar2026(makassar)), "asked", false},
		"on working days, on leave":           {DecideOwn(daily.Plan()[0], daily, away, calendar2026(makassar)), "on_leave", true},
		"on working days, a day off by now":   {DecideOwn(daily.Plan()[0], daily, nil, NewCalendar(makassar, []Holiday{{Date: Day{2026, 6, 9}}})), "day_off", true},
		"on working days, moved to another":   {DecideOwn(want[0], moved, away, calendar2026(makassar)), "moved", false},
		"a reminder that waits for its leave": {Decision{Verdict: Wait, Reason: "on_leave"}, "on_leave", false},
	} {
		if row.decision.Reason != row.reason || row.decision.PassesOver() != row.passes {
			t.Errorf("%s: %+v passes over: %v", name, row.decision, row.decision.PassesOver())
		}
	}

	ended, err := own.End()
	if err != nil || !ended.Ended() || ended.Version != 2 || own.Ended() {
		t.Fatalf("ended: %+v, %v", ended, err)
	}
	if plan := ended.Plan(); plan != nil {
		t.Errorf("after the end: %+v", plan)
	}
	check(t, DecideOwn(want[0], ended, nil, calendar2026(makassar)), Drop, "reminder_ended", "")
	if again, err := ended.End(); codeOf(t, err) != "reminder_ended" || again.Version != 2 {
		t.Errorf("ended again: %+v, %v", again, err)
	}
}

// fallsByCount says it the long way: whether a rule that fell on one day falls on
// a later one, by the days, weeks, months or working days between them.
func fallsByCount(rule Recurrence, first, day Day, calendar Calendar) bool {
	monday := func(d Day) Day { return d.Add(-((int(d.Weekday()) + 6) % 7)) }
	counted := 0
	switch rule.Unit {
	case EveryDay:
		counted = day.Sub(first)
	case EveryWorkday:
		for d := first; d.Before(day); d = d.Add(1) {
			if calendar.isWorkday(d.Add(1)) {
				counted++
			}
		}
	case EveryWeek:
		counted = monday(day).Sub(monday(first)) / 7
	case EveryMonth:
		counted = (day.Year-first.Year)*12 + int(day.Month) - int(first.Month)
	}
	return rule.fallsOn(day, calendar) && counted%rule.Every == 0
}

// TestNoTimeAheadIsPassedOver: however late it is said, what repeats is said next
// at the first of its times that lies ahead and is not on leave.
func TestNoTimeAheadIsPassedOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calendar, made := drawTiming(t).Calendar, drawMoment(t, "made")
		rule := Recurrence{
			Unit:    rapid.SampledFrom([]Unit{EveryDay, EveryWorkday, EveryWeek, EveryMonth}).Draw(t, "unit"),
			Every:   rapid.IntRange(1, 3).Draw(t, "every"),
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")),
			Day:     rapid.SampledFrom([]int{-1, 1, 29, 31}).Draw(t, "day"),
			Hour:    rapid.IntRange(0, 23).Draw(t, "hour"), Minute: rapid.IntRange(0, 59).Draw(t, "minute"),
		}
		for _, other := range rapid.SliceOfN(rapid.IntRange(0, 6), 0, 2).Draw(t, "others") {
			rule.Others = append(rule.Others, time.Weekday(other))
		}
		own := OwnReminder{Number: 3, MemberID: 5, Recurrence: &rule, Next: rule.Next(made, calendar)}
		first := calendar.Day(own.Next)
		leaves := drawLeaves(t, first)
		now := own.Next.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, "minutes late")) * time.Minute)
		after := own.Said(now, leaves, calendar)
		for day := first; ; day = day.Add(1) {
			moment := day.At(rule.Hour, rule.Minute, calendar.zone())
			if !moment.After(now) || !fallsByCount(rule, first, day, calendar) || own.Skips(moment, leaves, calendar) {
				continue
			}
			if !after.Next.Equal(moment) {
				t.Fatalf("%+v of %s, said at %s, is next at %s, want %s", rule, own.Next, now, after.Next, moment)
			}
			return
		}
	})
}

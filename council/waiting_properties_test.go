package council

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPuttingOffNeverPassesADeadline: what is put off is told at a later morning,
// before a deadline that is ahead, and on the wished day unless that is a day off
// or behind the deadline.
func TestPuttingOffNeverPassesADeadline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		calendar := timing.Calendar
		deadline := Deadline{At: now.Add(time.Duration(rapid.IntRange(-10*24*60, 40*24*60).Draw(t, "minutes ahead")) * time.Minute)}
		wish := calendar.Day(now).Add(rapid.IntRange(-2, 40).Draw(t, "wish"))
		until, shortened, possible := SnoozeUntil(wish, deadline, now, timing)
		if !possible {
			if free := timing.onWorkday(wish, 1); calendar.isWorkday(wish) && free.After(now) && (free.Before(deadline.At) || !deadline.At.After(now)) {
				t.Fatalf("%s could be put off to %s", deadline.At, free)
			}
			return
		}
		day := calendar.Day(until)
		morning, _ := timing.lastFiring(day)
		switch {
		case !until.After(now) || !until.Equal(morning):
			t.Fatalf("put off from %s to %s", now, until)
		case deadline.At.After(now) && !until.Before(deadline.At):
			t.Fatalf("put off to %s, past %s", until, deadline.At)
		case shortened && day != calendar.Day(deadline.At), !shortened && (day.Before(wish) || !calendar.isWorkday(day)):
			t.Fatalf("put off to %s, shortened %v, wished %s", until, shortened, wish)
		case !shortened && calendar.isWorkday(wish) && day != wish:
			t.Fatalf("put off to %s, though %s is free", until, wish)
		}
	})
}

// TestBackIsTheFirstMorningThere: nobody hears anything on leave, and everybody
// at the first morning of a working day after it.
func TestBackIsTheFirstMorningThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing := drawTiming(t)
		calendar, day := timing.Calendar, timing.Calendar.Day(drawMoment(t, "now"))
		leaves := drawLeaves(t, day)
		away := func(day Day) bool { return slices.ContainsFunc(leaves, func(l Leave) bool { return l.Covers(day) }) }
		back, covered := timing.Back(leaves, day)
		if covered != away(day) {
			t.Fatalf("away on %s: %v", day, covered)
		}
		if !covered {
			return
		}
		for free := day; ; free = free.Add(1) {
			if away(free) || !calendar.isWorkday(free) {
				continue
			}
			if morning := timing.onWorkday(free, 1); !back.Equal(morning) {
				t.Fatalf("away from %s by %v, back at %s, want %s", day, leaves, back, morning)
			}
			return
		}
	})
}

// TestTimesAreNotedOnce: whoever has promised has been heard of, and what nobody
// changes keeps its times and its plan, whoever else acts.
func TestTimesAreNotedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timing, now := drawTiming(t), drawMoment(t, "now")
		task := drawTask(t, now, timing)
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			event, member := rapid.SampledFrom(tableEvents).Draw(t, "event"), rapid.Int64Range(0, 9).Draw(t, "member")
			if changed, err := act(task, event, member); err == nil {
				task = changed.Stamp(task, member, now)
			}
		}
		for _, assignee := range task.Assignees {
			if (assignee.Acknowledged || assignee.State != TaskNew) && assignee.ActiveAt.IsZero() {
				t.Fatalf("never heard of: %+v", assignee)
			}
		}
		again := task.Stamp(task, 99, now.AddDate(0, 0, 3))
		if times(again) != times(task) || !slices.Equal(PlanCare(task, now, timing), PlanCare(again, now, timing)) {
			t.Fatalf("from %s to %s", times(task), times(again))
		}
	})
}

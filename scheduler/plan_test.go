package scheduler

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func cronNext(t testing.TB, expression string) func(time.Time) time.Time {
	t.Helper()
	schedule, err := cron.ParseStandard(expression)
	if err != nil {
		t.Fatal(err)
	}
	return func(after time.Time) time.Time { return schedule.Next(after.In(wita)) }
}

func TestPlannedAnewWhenTheCalendarChanges(t *testing.T) {
	holiday := func(date string) func(*city) {
		return func(c *city) {
			c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: date, Name: "Libur"}) })
			c.patience(time.Second)
		}
	}
	for name, row := range map[string]struct {
		change func(*city)
		said   map[string][]string
	}{
		"nothing": {
			change: func(*city) {},
			said:   map[string][]string{"2026-06-04 08:00": nil, "2026-06-05 08:00": {"1: T-1 H-7 assignee"}},
		},
		"a holiday while running": {
			change: holiday("2026-06-05"),
			said:   map[string][]string{"2026-06-04 08:00": {"1: T-1 H-7 assignee"}, "2026-06-05 08:00": nil},
		},
		"another hour at the next start": {
			change: func(c *city) { c.stop(); c.voice.next = cronNext(t, "30 9 * * *"); c.start() },
			said:   map[string][]string{"2026-06-05 08:00": nil, "2026-06-05 09:30": {"1: T-1 H-7 assignee"}},
		},
		"a holiday during an outage, with a reminder that is due": {
			change: func(c *city) {
				c.stop()
				c.clock.set(at(t, "2026-06-05 09:30"))
				holiday("2026-06-09")(c)
				c.start()
			},
			said: map[string][]string{"2026-06-05 09:31": {"1: late T-1 H-7 assignee"}, "2026-06-08 08:00": {"1: T-1 H-3 assignee"}, "2026-06-09 08:00": nil},
		},
		"a kill in the middle of planning": {
			change: func(c *city) {
				c.stop()
				c.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingPlan, "") })
				c.start()
			},
			said: map[string][]string{"2026-06-05 08:00": {"1: T-1 H-7 assignee"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.task("2026-06-12 16:00", c.member("baso"))
				row.change(c)
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

// TestAShorterClockIsKeptFromTheNextMorningOn: what waits by the longer one does not wait
// for that.
func TestAShorterClockIsKeptFromTheNextMorningOn(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		c.voice.clocks = council.Clocks{Silent: 20, Promise: 20}
		c.restart("2026-06-01 09:01")
		c.given("2026-08-31 16:00", c.member("baso"))
		c.member("sitti", council.RoleCoordinator)
		c.patience(time.Second)
		c.stop()
		c.clock.set(at(t, "2026-06-10 09:30"))
		c.voice.clocks = council.Clocks{}
		c.start()
		c.reach("2026-06-10 17:00")
		c.said()
		c.reach("2026-06-11 08:00")
		c.said("2: T-1 unacknowledged coordinator")
		c.reach("2026-06-12 08:00")
		c.said()
	})
}

func TestAnEvaluationIsPlannedAnew(t *testing.T) {
	inBubble(t, "2026-05-20 09:00", func(c *city) {
		c.group(-1, council.KindWorkingGroup)
		c.evaluation("2026-06-11 09:00")
		c.change(func(tx *store.Tx) error {
			return tx.SetHoliday(store.Holiday{Date: "2026-05-28", Name: "Cuti bersama"})
		})
		c.patience(time.Second)
		c.reach("2026-05-27 08:00")
		c.said("group 1: E-1 H-14 group")
		c.reach("2026-05-28 08:00")
		c.said()
	})
}

func TestFingerprint(t *testing.T) {
	timing := func(zone *time.Location, expression string, days ...string) council.Timing {
		var holidays []council.Holiday
		for _, day := range days {
			date, err := council.ParseDay(day)
			if err != nil {
				t.Fatal(err)
			}
			holidays = append(holidays, council.Holiday{Date: date})
		}
		return council.Timing{Next: cronNext(t, expression), Calendar: council.NewCalendar(zone, holidays)}
	}
	named := func(expressions string) string {
		known := timing(wita, "0 8 * * *")
		known.Expressions = expressions
		return fingerprint(known)
	}
	known, again := named("8 daily"), named("8 daily")
	if known == named("9 daily") || known != again {
		t.Error("known expressions are not told apart")
	}
	usual := fingerprint(timing(wita, "0 8 * * *", "2026-05-27", "2026-05-28"))
	set := func(change func(*council.Timing)) council.Timing {
		changed := timing(wita, "0 8 * * *", "2026-05-27", "2026-05-28")
		change(&changed)
		return changed
	}
	for name, row := range map[string]struct {
		timing council.Timing
		same   bool
	}{
		"the same":        {timing(wita, "0 8 * * *", "2026-05-28", "2026-05-27"), true},
		"another hour":    {timing(wita, "5 8 * * *", "2026-05-27", "2026-05-28"), false},
		"working days":    {timing(wita, "0 8 * * 1-5", "2026-05-27", "2026-05-28"), false},
		"another zone":    {timing(time.UTC, "0 8 * * *", "2026-05-27", "2026-05-28"), false},
		"a day off more":  {timing(wita, "0 8 * * *", "2026-05-27", "2026-05-28", "2026-06-01"), false},
		"a day off fewer": {timing(wita, "0 8 * * *", "2026-05-27"), false},
		"the usual hour":  {council.Timing{Calendar: timing(wita, "0 8 * * *", "2026-05-27", "2026-05-28").Calendar}, false},
		"another rhythm":  {set(func(t *council.Timing) { t.Rhythm.Tasks = council.Ladder{2} }), false},
		"other hours":     {set(func(t *council.Timing) { t.Calendar.Hours = council.Hours{Starts: 480, Ends: 960} }), false},
		"another clock":   {set(func(t *council.Timing) { t.Clocks.Silent = 8 }), false},
		"the usual ones":  {set(func(t *council.Timing) { t.Clocks, t.Calendar.Hours = council.UsualClocks, council.UsualHours }), true},
		"never a morning": {timing(wita, "0 8 31 2 *", "2026-05-27", "2026-05-28"), false},
	} {
		t.Run(name, func(t *testing.T) {
			if same := fingerprint(row.timing) == usual; same != row.same {
				t.Errorf("same is %v", same)
			}
		})
	}
}

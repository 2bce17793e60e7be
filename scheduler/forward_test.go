package scheduler

import (
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// twoHours makes two evaluations on one day, which remind at 07.45 and at 09.00.
func twoHours(c *city) {
	c.evaluationBy(council.Rhythm{Minute: 7*60 + 45}, "2026-06-12 10:00")
	c.evaluationBy(council.Rhythm{Minute: 9 * 60}, "2026-06-12 16:00")
}

// serving makes a promised task of an evaluation.
func serving(c *city, evaluation int64, assignee int64) {
	c.create(council.Task{EvaluationID: evaluation, Assignees: []council.Assignee{{MemberID: assignee, State: council.TaskNew, Acknowledged: true}}})
}

func TestSeveralEvaluationsHaveOneMorning(t *testing.T) {
	inBubble(t, "2026-06-04 12:00", func(c *city) {
		baso, sitti := c.member("baso"), c.member("sitti")
		c.group(-1, council.KindWorkingGroup)
		twoHours(c)
		serving(c, 1, baso)
		serving(c, 2, baso)
		serving(c, 2, sitti)
		c.reach("2026-06-05 07:45")
		c.said("group 1: E-1 H-7 group, E-2 H-7 group", "1: E-1 H-7 owner, E-2 H-7 owner")
		c.reach("2026-06-05 09:00")
		c.said("2: E-2 H-7 owner")
		c.reach("2026-06-08 16:00")
		c.said()
		c.reach("2026-06-09 07:45")
		c.said("group 1: E-1 H-3 group, E-2 H-3 group", "1: E-1 H-3 owner, E-2 H-3 owner")
	})
}

func TestWhatIsBroughtForward(t *testing.T) {
	for name, row := range map[string]struct {
		prepare func(*city)
		said    map[string][]string
	}{
		"what somebody else alone hears stays": {
			prepare: func(c *city) { twoHours(c); serving(c, 1, 1); serving(c, 2, 2) },
			said:    map[string][]string{"2026-06-05 07:45": {"1: E-1 H-7 owner"}, "2026-06-05 09:00": {"2: E-2 H-7 owner"}},
		},
		"who comes in between hears at the hour that was planned": {
			prepare: func(c *city) {
				twoHours(c)
				serving(c, 1, 1)
				serving(c, 2, 1)
				serving(c, 2, 2)
				c.reach("2026-06-05 07:45")
				c.said("1: E-1 H-7 owner, E-2 H-7 owner")
				serving(c, 2, 3)
			},
			said: map[string][]string{"2026-06-05 09:00": {"2: E-2 H-7 owner", "3: E-2 H-7 owner"}},
		},
		"a day off added in between takes nothing from the others": {
			prepare: func(c *city) {
				twoHours(c)
				serving(c, 1, 1)
				serving(c, 2, 1)
				serving(c, 2, 2)
				c.reach("2026-06-05 07:45")
				c.said("1: E-1 H-7 owner, E-2 H-7 owner")
				c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-06-16", Name: "Libur"}) })
			},
			said: map[string][]string{"2026-06-05 08:59": nil, "2026-06-05 09:00": {"2: E-2 H-7 owner"}},
		},
		"what somebody wished to be reminded of again that morning": {
			prepare: func(c *city) {
				twoHours(c)
				serving(c, 1, 1)
				c.task("2026-06-08 16:00", 1)
				c.act(2, 1, func(task council.Task) (council.Task, error) { return task.Snooze(1, at(c.t, "2026-06-05 08:00")) })
			},
			said: map[string][]string{"2026-06-05 07:45": {"1: E-1 H-7 owner, T-2 snoozed assignee, T-2 H-1 assignee"}, "2026-06-05 08:00": nil},
		},
		"a task's step": {
			prepare: func(c *city) { twoHours(c); serving(c, 1, 1); c.task("2026-06-08 16:00", 1, 2) },
			said:    map[string][]string{"2026-06-05 07:45": {"1: E-1 H-7 owner, T-2 H-1 assignee"}, "2026-06-05 08:00": {"2: T-2 H-1 assignee"}, "2026-06-05 09:00": nil},
		},
		"what has an hour of its own is not": {
			prepare: func(c *city) {
				twoHours(c)
				serving(c, 1, 1)
				c.asks(1, 0, "2026-06-05 08:00", nil)
				c.reach("2026-06-05 07:30")
				c.task("2026-06-05 12:00", 1)
			},
			said: map[string][]string{"2026-06-05 07:45": {"1: E-1 H-7 owner"}, "2026-06-05 08:00": {"1: N-1 own member"}, "2026-06-05 10:00": {"1: T-2 soon assignee"}},
		},
		"on a day off, what may be said then": {
			prepare: func(c *city) {
				c.evaluationBy(council.Rhythm{Minute: 7*60 + 45}, "2026-06-07 10:00")
				c.evaluationBy(council.Rhythm{Minute: 9 * 60}, "2026-06-07 16:00")
				serving(c, 1, 1)
				serving(c, 2, 1)
				c.reach("2026-06-05 07:45")
				c.said("1: E-1 H-1 owner, E-2 H-1 owner")
			},
			said: map[string][]string{"2026-06-07 07:45": {"1: E-1 H owner, E-2 H owner"}, "2026-06-07 09:00": nil},
		},
		"in quiet hours only what may be said then": {
			prepare: func(c *city) {
				c.evaluationBy(council.Rhythm{Minute: 6 * 60}, "2026-06-05 10:00")
				c.evaluationBy(council.Rhythm{Minute: 9 * 60}, "2026-06-12 16:00")
				serving(c, 1, 1)
				serving(c, 2, 1)
			},
			said: map[string][]string{"2026-06-05 06:00": {"1: E-1 H owner"}, "2026-06-05 08:59": nil, "2026-06-05 09:00": {"1: E-2 H-7 owner"}},
		},
		"of what waits for the end of a quiet time": {
			prepare: func(c *city) {
				twoHours(c)
				serving(c, 1, 1)
				serving(c, 2, 1)
				c.change(func(tx *store.Tx) error {
					return tx.SetQuietTimes(store.Hearer{MemberID: 1}, []council.QuietTime{{From: 7 * 60, Until: 8*60 + 30}})
				})
			},
			said: map[string][]string{"2026-06-05 07:45": nil, "2026-06-05 08:30": {"1: E-1 H-7 owner, E-2 H-7 owner"}, "2026-06-05 09:00": nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-04 12:00", func(c *city) {
				for _, person := range []string{"baso", "sitti", "herlina"} {
					c.member(person)
				}
				row.prepare(c)
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

// Steps of one ladder that meet in somebody's digest are one, the newest.
func TestStepsThatMeetAreOne(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		c.task("2026-06-08 16:00", c.member("baso"))
		c.member("sitti", council.RoleCoordinator)
		for _, day := range []string{"2026-06-05 08:00", "2026-06-08 08:00"} {
			c.reach(day)
		}
		c.said("1: T-1 H-1 assignee", "1: T-1 H assignee")
		c.stop()
		c.clock.set(at(t, "2026-06-14 20:00")) // into the night before day 7
		c.start()
		c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-07-01", Name: "Libur"}) })
		c.patience(time.Second)
		c.reach("2026-06-15 08:00")
		c.said("1: T-1 overdue+7 assignee", "2: T-1 overdue+7 coordinator")
		c.ended("T-1", "H-1 assignee said due", "H assignee said due", "overdue+1 assignee dropped superseded", "overdue+1 coordinator dropped superseded",
			"overdue+7 assignee said due", "overdue+7 coordinator said due", "overdue+7 leader dropped nobody")
	})
}

// What is brought forward after an outage may make the next step due on the same
// morning, which comes forward as well.
func TestWhatIsBroughtForwardBringsWhatFollows(t *testing.T) {
	inBubble(t, "2026-06-11 09:00", func(c *city) {
		sitti := c.member("sitti", council.RoleCoordinator)
		c.evaluationBy(council.Rhythm{Minute: 7*60 + 45}, "2026-06-22 10:00")
		serving(c, 1, sitti)
		c.task("2026-06-11 16:00")
		c.stop()
		c.clock.set(at(t, "2026-06-14 12:00")) // day 1 waits for Monday, which is day 3 as well
		c.start()
		c.reach("2026-06-15 07:45")
		c.said("1: E-1 H-7 owner, T-2 overdue+3 coordinator")
		c.reach("2026-06-15 16:00")
		c.said()
	})
}

func TestAMissingYearIsBroughtForwardToOneOfTwo(t *testing.T) {
	inBubble(t, "2026-11-30 12:00", func(c *city) {
		sitti := c.member("sitti", council.RoleCoordinator)
		c.member("rahma", council.RoleCoordinator)
		c.evaluationBy(council.Rhythm{Minute: 7*60 + 45}, "2026-12-08 10:00")
		serving(c, 1, sitti)
		c.reach("2026-12-01 07:45")
		c.said("1: E-1 H-7 owner, Y-2027 year_missing coordinator")
		c.reach("2026-12-01 08:00")
		c.said("2: Y-2027 year_missing coordinator")
	})
}

// An evaluation's own hour is not late, however far from the city's it lies.
func TestAnEvaluationsOwnHourIsNotLate(t *testing.T) {
	inBubble(t, "2026-06-04 12:00", func(c *city) {
		c.group(-1, council.KindWorkingGroup)
		c.evaluationBy(council.Rhythm{Minute: 14 * 60}, "2026-06-12 16:00")
		c.reach("2026-06-05 14:30")
		c.said("group 1: E-1 H-7 group")
	})
}

package scheduler

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestAfterAnOutage(t *testing.T) {
	for name, row := range map[string]struct {
		deadline string
		ends     string
		said     []string
		ended    []string
		later    map[string][]string // what is said at later moments
	}{
		"over one morning": {
			deadline: "2026-06-12 16:00", ends: "2026-06-05 10:40",
			said:  []string{"1: late T-1 H-7 assignee"},
			ended: []string{"H-7 assignee said due"},
		},
		"of less than an hour": {
			deadline: "2026-06-12 16:00", ends: "2026-06-05 08:50",
			said: []string{"1: T-1 H-7 assignee"}, ended: []string{"H-7 assignee said due"},
		},
		"over days: the newest step only": {
			deadline: "2026-06-12 16:00", ends: "2026-06-11 09:20",
			said:  []string{"1: late T-1 H-1 assignee"},
			ended: []string{"H-7 assignee dropped superseded", "H-3 assignee dropped superseded", "H-1 assignee said due"},
		},
		"into the night: with the next morning's digest": {
			deadline: "2026-06-12 16:00", ends: "2026-06-05 20:00",
			said:  nil,
			later: map[string][]string{"2026-06-08 07:59": nil, "2026-06-08 08:00": {"1: late T-1 H-7 assignee"}},
		},
		"into the Friday prayer": {
			deadline: "2026-06-12 16:00", ends: "2026-06-05 12:00",
			later: map[string][]string{"2026-06-05 13:29": nil, "2026-06-05 13:30": {"1: late T-1 H-7 assignee"}},
		},
		"over the deadline": {
			deadline: "2026-06-10 16:00", ends: "2026-06-11 09:30",
			said: []string{"1: late T-1 overdue+1 assignee", "2: late T-1 overdue+1 coordinator"},
			ended: []string{"H-7 assignee dropped deadline_passed", "H-3 assignee dropped deadline_passed", "H-1 assignee dropped deadline_passed",
				"H assignee dropped deadline_passed", "overdue+1 assignee said due", "overdue+1 coordinator said due"},
			later: map[string][]string{"2026-06-12 10:00": nil, "2026-06-15 08:00": {"1: T-1 overdue+3 assignee", "2: T-1 overdue+3 coordinator", "3: T-1 overdue+3 leader"}},
		},
		"over the leader's day": {
			deadline: "2026-06-09 16:00", ends: "2026-06-15 09:00",
			said: []string{"1: late T-1 overdue+1 assignee", "2: late T-1 overdue+1 coordinator", "3: late T-1 overdue+3 leader"},
			later: map[string][]string{"2026-06-15 12:00": nil,
				"2026-06-16 08:00": {"1: T-1 overdue+7 assignee", "2: T-1 overdue+7 coordinator", "3: T-1 overdue+7 leader"}},
		},
		"into a Sunday before the deadline's day": {
			deadline: "2026-06-15 07:45", ends: "2026-06-14 10:00",
			said: []string{"1: late T-1 H-1 assignee"},
		},
		"into the deadline's own day, a Sunday": {
			deadline: "2026-06-14 16:00", ends: "2026-06-14 12:00",
			said: []string{"1: late T-1 H assignee"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				baso := c.member("baso")
				c.member("sitti", council.RoleCoordinator)
				c.member("anwar", council.RoleLeader)
				c.task(row.deadline, baso)
				c.stop()
				c.clock.set(at(t, row.ends))
				c.start()
				c.said(row.said...)
				if row.ended != nil {
					c.ended("T-1", row.ended...)
				}
				for _, moment := range sorted(row.later) {
					c.reach(moment)
					c.said(row.later[moment]...)
				}
			})
		})
	}
}

func TestOverdueLadder(t *testing.T) {
	inBubble(t, "2026-12-28 09:00", func(c *city) {
		baso := c.member("baso")
		c.member("sitti", council.RoleCoordinator)
		c.member("anwar", council.RoleLeader)
		c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2027-01-01", Name: "Tahun Baru"}) })
		c.task("2026-12-31 16:00", baso)
		all := func(step string) []string {
			return []string{"1: T-1 " + step + " assignee", "2: T-1 " + step + " coordinator", "3: T-1 " + step + " leader"}
		}
		for _, row := range []struct {
			moment string
			said   []string
		}{
			{"2026-12-28 12:00", nil}, // H-3 is past at 08.00
			{"2026-12-30 08:00", []string{"1: T-1 H-1 assignee"}},
			{"2026-12-31 08:00", []string{"1: T-1 H assignee"}},
			{"2027-01-01 23:00", nil}, // a holiday, then a weekend: day 1 and day 3 meet on Monday
			{"2027-01-04 07:59", nil},
			{"2027-01-04 08:00", all("overdue+3")},
			{"2027-01-07 08:00", all("overdue+7")},
			{"2027-01-14 08:00", all("overdue+14")},
			{"2027-01-21 07:59", nil},
			{"2027-01-21 08:00", all("overdue+21")},
		} {
			c.reach(row.moment)
			c.said(row.said...)
		}
		c.change(func(tx *store.Tx) error {
			task, err := tx.Task(1)
			if err != nil {
				return err
			}
			task, err = task.Submit(baso)
			if err != nil {
				return err
			}
			return tx.SaveTask(task, c.clock.Now())
		})
		c.reach("2027-02-28 08:00")
		c.said()
	})
}

// Each overdue step plans the next one; a clock that was set back must not cut
// that chain, whatever is planned anew then.
func TestOverdueLadderAfterAClockSetBack(t *testing.T) {
	for name, happens := range map[string]func(*city){
		"and a change to the task": func(c *city) {
			c.act(1, council.Everyone, func(task council.Task) (council.Task, error) { return task.Obstruct(council.Everyone) })
		},
		"and a day off more": func(c *city) {
			c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-07-01", Name: "Libur"}) })
			c.patience(time.Second)
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-06 09:00", func(c *city) {
				c.member("sitti", council.RoleCoordinator)
				c.task("2026-06-08 16:00")
				c.reach("2026-06-09 08:00")
				c.said("1: T-1 overdue+1 coordinator")
				c.reach("2026-06-07 09:00")
				happens(c)
				c.reach("2026-06-10 12:00")
				c.said()
				c.reach("2026-06-11 08:00")
				c.said("1: T-1 overdue+3 coordinator")
				c.reach("2026-06-15 08:00")
				c.said("1: T-1 overdue+7 coordinator")
			})
		})
	}
}

func TestADayOffAddsNothingToTheDeadlinesDay(t *testing.T) {
	inBubble(t, "2026-06-06 09:00", func(c *city) {
		c.task("2026-06-08 16:00", c.member("baso"))
		c.reach("2026-06-08 08:00")
		c.said("1: T-1 H assignee")
		c.task("2026-06-08 15:00", 1)
		c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-07-01", Name: "Libur"}) })
		c.patience(time.Second)
		c.reach("2026-06-08 13:00")
		c.said("1: T-2 soon assignee")
		c.reach("2026-06-08 14:00")
		c.said()
	})
}

func TestSoonIsSaidTwoWorkingHoursBefore(t *testing.T) {
	inBubble(t, "2026-06-05 09:00", func(c *city) {
		c.task("2026-06-05 14:00", c.member("baso"))
		c.reach("2026-06-05 11:59")
		c.said()
		c.reach("2026-06-05 12:00") // in the time of the Friday prayer, within 24 hours
		c.said("1: T-1 soon assignee")
	})
}

func sorted(moments map[string][]string) []string {
	return slices.Sorted(maps.Keys(moments))
}

package scheduler

import (
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// given is a task as the bot makes it, that nobody has promised yet.
func (c *city) given(deadline string, assignees ...int64) council.Task {
	c.t.Helper()
	return c.create(council.Task{Assignees: council.AssignTo(assignees...), Deadline: council.Deadline{At: at(c.t, deadline), Zone: "Asia/Makassar"}})
}

func acknowledge(id int64) func(council.Task) (council.Task, error) {
	return func(task council.Task) (council.Task, error) { return task.Acknowledge(id) }
}

// A task is given on a Monday; two whole working days have gone by on Wednesday,
// at the same hour, and the coordinator hears of it on the morning after.
func TestUnacknowledged(t *testing.T) {
	const baso, herlina = 1, 2
	told := []string{"3: T-1 unacknowledged coordinator"}
	for name, row := range map[string]struct {
		deadline string
		moment   string // of what happens
		move     func(council.Task) (council.Task, error)
		by       int64
		said     map[string][]string
	}{
		"nobody says anything": {
			said: map[string][]string{"2026-06-04 07:59": nil, "2026-06-04 08:00": told, "2026-06-22 16:00": nil},
		},
		"both acknowledge": {
			moment: "2026-06-03 16:00",
			move: func(task council.Task) (council.Task, error) {
				task, _ = task.Acknowledge(baso)
				return task.Acknowledge(herlina)
			},
			said: map[string][]string{"2026-06-09 16:00": nil},
		},
		"one of two acknowledges": {
			moment: "2026-06-03 16:00", by: baso, move: acknowledge(baso),
			said: map[string][]string{"2026-06-04 08:00": told, "2026-06-09 16:00": nil},
		},
		"one was added later": {
			moment: "2026-06-03 16:00",
			move: func(task council.Task) (council.Task, error) {
				return task.Reassign(council.AssignTo(baso, herlina, 4))
			},
			said: map[string][]string{"2026-06-04 08:00": told, "2026-06-05 16:00": nil, "2026-06-08 08:00": told, "2026-06-09 16:00": nil},
		},
		"given to another": {
			moment: "2026-06-03 16:00",
			move:   func(task council.Task) (council.Task, error) { return task.Reassign(council.AssignTo(4)) },
			said:   map[string][]string{"2026-06-05 16:00": nil, "2026-06-08 07:59": nil, "2026-06-08 08:00": told, "2026-06-22 16:00": nil},
		},
		"given to another after it was told": {
			moment: "2026-06-04 12:00",
			move:   func(task council.Task) (council.Task, error) { return task.Reassign(council.AssignTo(4)) },
			said:   map[string][]string{"2026-06-08 16:00": nil, "2026-06-09 08:00": told, "2026-06-22 16:00": nil},
		},
		"one begins without a word": {
			moment: "2026-06-03 16:00", by: council.Everyone,
			move: func(task council.Task) (council.Task, error) { return task.Report(council.Everyone, 10) },
			said: map[string][]string{"2026-06-09 16:00": nil},
		},
		"handed in": {
			moment: "2026-06-03 16:00", by: baso,
			move: func(task council.Task) (council.Task, error) { return task.Submit(council.Everyone) },
			said: map[string][]string{"2026-06-22 16:00": nil},
		},
		"cancelled": {
			moment: "2026-06-03 16:00", move: council.Task.Cancel, said: map[string][]string{"2026-06-22 16:00": nil},
		},
		"overdue by then": {
			deadline: "2026-06-03 16:00",
			said: map[string][]string{"2026-06-03 08:00": {"1: T-1 H assignee", "2: T-1 H assignee"},
				"2026-06-04 08:00": {"1: T-1 overdue+1 assignee", "2: T-1 overdue+1 assignee", "3: T-1 overdue+1 coordinator"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.member("baso")
				c.member("herlina")
				c.member("sitti", council.RoleCoordinator)
				c.member("yuliana")
				if row.deadline == "" {
					row.deadline = "2026-06-30 16:00"
				}
				c.given(row.deadline, baso, herlina)
				if row.deadline == "2026-06-03 16:00" {
					c.reach("2026-06-02 08:00")
					c.said("1: T-1 H-1 assignee", "2: T-1 H-1 assignee")
				}
				if row.moment != "" {
					if row.moment > "2026-06-04 08:00" {
						c.reach("2026-06-04 08:00")
						c.said(told...)
					}
					c.reach(row.moment)
					c.act(1, row.by, row.move)
				}
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

// A task is promised on a Monday; a week later nothing has been heard.
func TestSilent(t *testing.T) {
	const baso = 1
	for name, row := range map[string]struct {
		moment string
		move   func(council.Task) (council.Task, error)
		said   map[string][]string
	}{
		"a week of silence": {
			said: map[string][]string{"2026-06-08 07:59": nil, "2026-06-08 08:00": {"1: T-1 silent assignee"}, "2026-06-22 16:00": nil},
		},
		"progress on Thursday": {
			moment: "2026-06-04 12:00", move: func(task council.Task) (council.Task, error) { return task.Report(baso, 30) },
			said: map[string][]string{"2026-06-10 16:00": nil, "2026-06-11 08:00": {"1: T-1 silent assignee"}, "2026-06-22 16:00": nil},
		},
		"a word on Saturday": {
			moment: "2026-06-06 12:00", move: func(task council.Task) (council.Task, error) { return task.Report(baso, 30) },
			said: map[string][]string{"2026-06-13 16:00": nil, "2026-06-15 08:00": {"1: T-1 silent assignee"}},
		},
		"an obstacle": {
			moment: "2026-06-04 12:00", move: func(task council.Task) (council.Task, error) { return task.Obstruct(baso) },
			said: map[string][]string{"2026-06-22 16:00": nil},
		},
		"handed in": {
			moment: "2026-06-04 12:00", move: func(task council.Task) (council.Task, error) { return task.Submit(baso) },
			said: map[string][]string{"2026-06-22 16:00": nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.member("baso")
				c.member("sitti", council.RoleCoordinator)
				c.given("2026-06-30 16:00", baso)
				c.act(1, baso, acknowledge(baso))
				if row.moment != "" {
					c.reach(row.moment)
					c.act(1, baso, row.move)
				}
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

// snooze is the assignee's wish to be told again at a moment.
func (c *city) snooze(moment, until string) {
	c.t.Helper()
	c.reach(moment)
	c.act(1, 1, func(task council.Task) (council.Task, error) { return task.Snooze(1, at(c.t, until)) })
}

func TestSnooze(t *testing.T) {
	for name, row := range map[string]struct {
		happens func(*city)
		said    map[string][]string
		ended   []string
	}{
		"over two steps of the ladder": {
			happens: func(c *city) { c.snooze("2026-06-04 10:00", "2026-06-10 08:00") },
			said: map[string][]string{"2026-06-05 08:00": nil, "2026-06-09 08:00": nil, "2026-06-10 07:59": nil, "2026-06-10 08:00": {"1: T-1 snoozed assignee"},
				"2026-06-11 08:00": {"1: T-1 silent assignee, T-1 H-1 assignee"}},
			ended: []string{"H-7 assignee dropped snoozed", "H-3 assignee dropped snoozed", "snoozed assignee said due",
				"silent assignee said due", "H-1 assignee said due"},
		},
		"to the morning of a step": {
			happens: func(c *city) { c.snooze("2026-06-04 10:00", "2026-06-09 08:00") },
			said:    map[string][]string{"2026-06-05 08:00": nil, "2026-06-09 08:00": {"1: T-1 snoozed assignee, T-1 H-3 assignee"}},
		},
		"twice": {
			happens: func(c *city) {
				c.snooze("2026-06-04 10:00", "2026-06-08 08:00")
				c.snooze("2026-06-05 10:00", "2026-06-10 08:00")
			},
			said: map[string][]string{"2026-06-09 16:00": nil, "2026-06-10 08:00": {"1: T-1 snoozed assignee"}},
		},
		"again while it waits for the end of a quiet time": {
			happens: func(c *city) {
				c.snooze("2026-06-04 10:00", "2026-06-08 08:00")
				c.change(func(tx *store.Tx) error {
					return tx.SetQuietTimes(store.Hearer{MemberID: 1}, []council.QuietTime{{From: 7 * 60, Until: 10 * 60}})
				})
				c.snooze("2026-06-08 09:00", "2026-06-10 08:00")
			},
			said:  map[string][]string{"2026-06-09 16:00": nil, "2026-06-10 08:00": nil, "2026-06-10 10:00": {"1: T-1 snoozed assignee"}},
			ended: []string{"snoozed assignee dropped snoozed_again", "H-7 assignee dropped snoozed", "H-3 assignee dropped snoozed", "snoozed assignee said due"},
		},
		"and then an obstacle, so that the ladder goes on": {
			happens: func(c *city) {
				c.snooze("2026-06-04 10:00", "2026-06-10 08:00")
				c.reach("2026-06-05 10:00")
				c.act(1, 1, func(task council.Task) (council.Task, error) { return task.Obstruct(1) })
			},
			said: map[string][]string{"2026-06-09 08:00": {"1: T-1 H-3 assignee"}, "2026-06-10 08:00": nil},
		},
		"and handed in": {
			happens: func(c *city) {
				c.snooze("2026-06-04 10:00", "2026-06-10 08:00")
				c.reach("2026-06-05 10:00")
				c.act(1, 1, func(task council.Task) (council.Task, error) { return task.Submit(1) })
			},
			said: map[string][]string{"2026-06-30 08:00": nil},
		},
		"over the deadline: the coordinator hears": {
			happens: func(c *city) { c.snooze("2026-06-04 10:00", "2026-06-16 08:00") },
			said: map[string][]string{"2026-06-12 16:00": nil, "2026-06-15 08:00": {"2: T-1 overdue+3 coordinator"},
				"2026-06-16 08:00": {"1: T-1 snoozed assignee"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				baso := c.member("baso")
				c.member("sitti", council.RoleCoordinator)
				c.task("2026-06-12 16:00", baso)
				row.happens(c)
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
				if row.ended != nil {
					c.ended("T-1", row.ended...)
				}
			})
		})
	}
}

package scheduler

import (
	"errors"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestAnEvaluationIsToldToGroupsOwnersAndLeader(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		pokja, dewan := c.group(-1, council.KindWorkingGroup), c.group(-2, council.KindCouncil)
		c.group(-3, council.KindCommunity)
		baso, sitti := c.member("baso"), c.member("sitti")
		c.member("anwar", council.RoleLeader)
		c.evaluation("2026-06-11 09:00")
		c.task("2026-06-10 16:00", baso)
		c.task("2026-06-10 16:00", sitti)
		c.change(func(tx *store.Tx) error { return end(tx, 2, c.clock.Now()) })
		herlina := c.member("herlina")
		c.task("2026-06-10 16:00", baso, herlina)
		c.change(func(tx *store.Tx) error { // hers is handed in, his is not
			task, err := tx.Task(3)
			if err != nil {
				return err
			}
			if task, err = task.Submit(herlina); err != nil {
				return err
			}
			return tx.SaveTask(task, c.clock.Now())
		})
		c.reach("2026-06-03 08:00")
		c.said("1: T-1 H-7 assignee, T-3 H-7 assignee")
		c.reach("2026-06-04 08:00")
		c.said("group 1: E-1 H-7 group", "group 2: E-1 H-7 group", "1: E-1 H-7 owner")
		c.reach("2026-06-05 08:00")
		c.said("1: T-1 H-3 assignee, T-3 H-3 assignee")
		c.reach("2026-06-08 08:00")
		c.said("group 1: E-1 H-3 group", "1: E-1 H-3 owner", "3: E-1 H-3 leader")
		last := c.voice.attempts[len(c.voice.attempts)-1].Items[0]
		if last.Days != 3 || last.Counts.Done != 1 || last.Counts.Total != 3 || last.Evaluation.Number != 1 || last.Milestone.ID == 0 {
			t.Errorf("the leader is told %+v", last)
		}
		c.change(func(tx *store.Tx) error { return errors.Join(end(tx, 1, c.clock.Now()), end(tx, 3, c.clock.Now())) })
		c.reach("2026-06-10 08:00")
		c.said("group 1: E-1 H-1 group", "group 2: E-1 H-1 group")
		if pokja.ID != 1 || dewan.ID != 2 {
			t.Fatal("the groups have other numbers")
		}
	})
}

func TestWhoCannotBeReached(t *testing.T) {
	for name, row := range map[string]struct {
		prepare func(*city)
		said    []string
		ended   []string
	}{
		"the assignee": {
			prepare: func(c *city) { c.task("2026-06-01 16:00", c.hidden("baso")) },
			said:    []string{"2: T-1 overdue+1 coordinator"},
			ended:   []string{"soon assignee said unreachable", "overdue+1 assignee said unreachable", "overdue+1 coordinator said due"},
		},
		"one of two coordinators": {
			prepare: func(c *city) {
				c.change(func(tx *store.Tx) error {
					member, err := tx.Mentioned("hidden")
					if err != nil {
						return err
					}
					return tx.GrantRole(member.ID, council.RoleCoordinator, "granted")
				})
				c.task("2026-06-01 16:00")
			},
			said:  []string{"2: T-1 overdue+1 coordinator"},
			ended: []string{"overdue+1 coordinator said due"},
		},
		"nobody leads": {
			prepare: func(c *city) { c.task("2026-05-29 16:00") },
			said:    []string{"2: T-1 overdue+3 coordinator"},
			ended:   []string{"overdue+3 coordinator said due", "overdue+3 leader dropped nobody"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-05-28 07:00", func(c *city) {
				c.member("somebody")
				c.member("sitti", council.RoleCoordinator)
				if name != "nobody leads" {
					c.reach("2026-06-01 07:00")
				}
				row.prepare(c)
				if name == "nobody leads" {
					c.change(func(tx *store.Tx) error { return tx.SetHoliday(store.Holiday{Date: "2026-06-01", Name: "Pancasila"}) })
				}
				c.reach("2026-06-01 14:00")
				c.reach("2026-06-02 08:00")
				c.said(row.said...)
				c.ended("T-1", row.ended...)
			})
		})
	}
}

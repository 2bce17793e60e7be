package scheduler

import (
	"errors"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// evaluation makes an evaluation with its reminders, as the bot does.
func (c *city) evaluation(presentation string) council.Evaluation {
	c.t.Helper()
	evaluation := council.Evaluation{Name: "Evaluasi Tahap I", State: council.EvaluationOpen, CreatedBy: 1, CreatedAt: c.clock.Now(),
		Milestones: []council.Milestone{{Kind: council.MilestonePresentation, Deadline: council.Deadline{At: at(c.t, presentation), Zone: "Asia/Makassar"}}}}
	c.change(func(tx *store.Tx) (err error) {
		if evaluation, err = tx.CreateEvaluation(evaluation); err != nil {
			return err
		}
		groups, err := tx.Groups()
		if err != nil {
			return err
		}
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		return tx.PlanReminders(evaluation.Reference(), council.PlanEvaluation(evaluation, groups, c.clock.Now(), timing), nil)
	})
	return evaluation
}

func (c *city) group(chat int64, kind council.GroupKind) council.Group {
	c.t.Helper()
	var group council.Group
	c.change(func(tx *store.Tx) (err error) {
		group, err = tx.LinkGroup(council.Group{ChatID: chat, Title: "g", Kind: kind, Language: "id"})
		return err
	})
	return group
}

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

// end ends a task as done.
func end(tx *store.Tx, number int64, now time.Time) error {
	task, err := tx.Task(number)
	if err != nil {
		return err
	}
	if task, err = task.Submit(council.Everyone); err != nil {
		return err
	}
	if task, err = task.Accept(); err != nil {
		return err
	}
	return tx.SaveTask(task, now)
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

// hidden adds somebody who never opened the private chat.
func (c *city) hidden(name string) int64 {
	c.t.Helper()
	id := c.member(name)
	c.change(func(tx *store.Tx) error { return tx.SetReach(id, council.ReachUnknown) })
	return id
}

func TestBudget(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso := c.member("baso")
		sitti := c.member("sitti", council.RoleCoordinator)
		c.task("2026-06-12 16:00", baso)
		c.task("2026-06-05 16:00", baso)
		c.task("2026-06-04 16:00")
		remind := func(id int64, moment string) {
			c.change(func(tx *store.Tx) error { return tx.NoteNotice(id, at(t, moment)) })
		}
		for _, id := range []int64{baso, sitti} {
			remind(id, "2026-06-04 23:00") // yesterday
			remind(id, "2026-06-05 07:40")
			remind(id, "2026-06-05 07:41")
		}
		c.reach("2026-06-02 08:00")
		c.said("1: T-2 H-3 assignee")
		c.reach("2026-06-04 07:59")
		remind(baso, "2026-06-05 07:42")
		remind(sitti, "2026-06-05 07:42")
		c.reach("2026-06-04 08:00")
		c.said("1: T-2 H-1 assignee")
		c.reach("2026-06-05 08:00")
		c.said("1: T-2 H assignee") // due within 24 hours; the rest waits
		c.reach("2026-06-08 08:00")
		c.said("1: late T-1 H-7 assignee, T-2 overdue+3 assignee",
			"2: late T-2 overdue+3 coordinator, T-3 overdue+3 coordinator, T-3 overdue+1 coordinator")
	})
}

func TestBudgetCountsWhatWasReallySaid(t *testing.T) {
	inBubble(t, "2026-06-04 07:40", func(c *city) {
		baso := c.member("baso")
		c.voice.next = cronNext(t, "0 15 * * *")
		c.stop()
		c.start()
		c.task("2026-06-03 16:00", baso)
		for _, hour := range []string{"11", "12", "13"} {
			c.task("2026-06-04 "+hour+":00", baso)
		}
		c.reach("2026-06-04 09:30")
		c.said("1: T-2 soon assignee")
		c.reach("2026-06-04 10:00")
		c.said("1: T-3 soon assignee")
		c.reach("2026-06-04 11:00")
		c.said("1: T-4 soon assignee")
		c.reach("2026-06-04 15:00")
		c.said()
		c.reach("2026-06-05 15:00")
		c.said("1: late T-1 overdue+1 assignee, T-2 overdue+1 assignee, T-3 overdue+1 assignee, T-4 overdue+1 assignee")
	})
}

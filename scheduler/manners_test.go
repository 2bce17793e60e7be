package scheduler

import (
	"errors"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

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
		c.reach("2026-06-05 16:30")
		c.said() // a fourth time is one too many, even on the day itself
		c.reach("2026-06-08 08:00")
		c.said("1: T-1 H-7 assignee, T-2 overdue+3 assignee", "2: T-2 overdue+3 coordinator, T-3 overdue+3 coordinator")
		c.ended("T-2", "H-3 assignee said due", "H-1 assignee said due", "H assignee dropped deadline_passed",
			"overdue+3 assignee said due", "overdue+3 coordinator said due", "overdue+3 leader dropped nobody")
		c.ended("T-3", "overdue+1 coordinator dropped copied", "overdue+3 coordinator said due", "overdue+3 leader dropped nobody", "overdue+1 coordinator dropped superseded")
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
		c.said("1: T-1 overdue+1 assignee, T-2 overdue+1 assignee, T-3 overdue+1 assignee, T-4 overdue+1 assignee")
	})
}

// away keeps a person's leave.
func (c *city) away(memberID int64, first, last string) {
	c.t.Helper()
	from, err := council.ParseDay(first)
	until, bad := council.ParseDay(last)
	if err != nil || bad != nil {
		c.t.Fatal(err, bad)
	}
	c.change(func(tx *store.Tx) error {
		_, err := tx.AddLeave(council.Leave{MemberID: memberID, First: from, Last: until})
		return err
	})
}

func TestLeave(t *testing.T) {
	for name, row := range map[string]struct {
		deadline string
		last     string // day of the leave
		said     map[string][]string
		ended    []string
	}{
		"over two steps: the newer one is said": {
			deadline: "2026-06-12 16:00", last: "2026-06-09",
			said: map[string][]string{"2026-06-09 16:00": nil, "2026-06-10 07:59": nil, "2026-06-10 08:00": {"1: T-1 H-3 assignee"}, "2026-06-11 08:00": {"1: T-1 H-1 assignee"}},
		},
		"into a weekend: the morning of Monday": {
			deadline: "2026-06-12 16:00", last: "2026-06-05",
			said: map[string][]string{"2026-06-05 08:00": nil, "2026-06-08 07:59": nil, "2026-06-08 08:00": {"1: T-1 H-7 assignee"}},
		},
		"over the deadline: a coordinator hears in time": {
			deadline: "2026-06-08 16:00", last: "2026-06-09",
			said: map[string][]string{"2026-06-05 08:00": nil, "2026-06-08 08:00": nil, "2026-06-09 08:00": {"2: T-1 overdue+1 coordinator"}, "2026-06-10 08:00": {"1: T-1 overdue+1 assignee"},
				"2026-06-11 08:00": {"1: T-1 overdue+3 assignee", "2: T-1 overdue+3 coordinator"}},
			ended: []string{"overdue+1 coordinator said due", "H-1 assignee dropped deadline_passed", "H assignee dropped deadline_passed",
				"overdue+1 assignee said due", "overdue+3 assignee said due", "overdue+3 coordinator said due", "overdue+3 leader dropped nobody"},
		},
		"over several overdue steps: the newest is said": {
			deadline: "2026-06-08 16:00", last: "2026-06-12",
			said: map[string][]string{"2026-06-09 08:00": {"2: T-1 overdue+1 coordinator"}, "2026-06-11 08:00": {"2: T-1 overdue+3 coordinator"},
				"2026-06-15 08:00": {"1: T-1 overdue+7 assignee", "2: T-1 overdue+7 coordinator"}, "2026-06-15 12:00": nil},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				baso := c.member("baso")
				c.member("sitti", council.RoleCoordinator)
				c.away(baso, "2026-06-04", row.last)
				c.task(row.deadline, baso)
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

// A change to the task must not take from a coordinator who is on leave what the
// others have heard meanwhile.
func TestWhatWaitsForOneStaysWhenTheTaskChanges(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso, herlina := c.member("baso"), c.member("herlina")
		sitti := c.member("sitti", council.RoleCoordinator)
		c.member("rahma", council.RoleCoordinator)
		c.away(sitti, "2026-06-03", "2026-06-05")
		c.create(council.Task{Assignees: council.AssignTo(baso, herlina), Deadline: council.Deadline{At: at(t, "2026-06-30 16:00")}})
		c.reach("2026-06-04 08:00")
		c.said("4: T-1 unacknowledged coordinator")
		c.reach("2026-06-04 10:00")
		c.act(1, herlina, func(task council.Task) (council.Task, error) { return task.Report(herlina, 20) })
		c.reach("2026-06-08 08:00")
		c.said("3: T-1 unacknowledged coordinator")
	})
}

func TestQuietTimes(t *testing.T) {
	const nine, ten, seven = 9 * 60, 10 * 60, 7 * 60
	for name, row := range map[string]struct {
		deadline string
		person   []council.QuietTime
		group    []council.QuietTime
		said     map[string][]string
	}{
		"none": {
			deadline: "2026-06-12 16:00",
			said:     map[string][]string{"2026-06-05 08:00": {"group 1: E-1 H-7 group", "1: T-1 H-7 assignee"}},
		},
		"of a person": {
			deadline: "2026-06-12 16:00", person: []council.QuietTime{{From: seven, Until: ten}},
			said: map[string][]string{"2026-06-05 08:00": {"group 1: E-1 H-7 group"}, "2026-06-05 09:59": nil, "2026-06-05 10:00": {"1: T-1 H-7 assignee"}},
		},
		"of a group": {
			deadline: "2026-06-12 16:00", group: []council.QuietTime{{From: seven, Until: nine}, {From: nine, Until: ten}},
			said: map[string][]string{"2026-06-05 08:00": {"1: T-1 H-7 assignee"}, "2026-06-05 09:59": nil, "2026-06-05 10:00": {"group 1: E-1 H-7 group"}},
		},
		"over midnight": {
			deadline: "2026-06-12 16:00", person: []council.QuietTime{{From: 16 * 60, Until: ten}}, group: []council.QuietTime{{From: 16 * 60, Until: nine}},
			said: map[string][]string{"2026-06-05 08:59": nil, "2026-06-05 09:00": {"group 1: E-1 H-7 group"}, "2026-06-05 10:00": {"1: T-1 H-7 assignee"}},
		},
		"that ends too late for the deadline": {
			deadline: "2026-06-05 11:30", person: []council.QuietTime{{From: seven, Until: ten}},
			said: map[string][]string{"2026-06-05 08:00": {"1: T-1 H assignee"}},
		},
		"that ends in time for the deadline": {
			deadline: "2026-06-05 12:30", person: []council.QuietTime{{From: seven, Until: ten}},
			said: map[string][]string{"2026-06-05 08:00": nil, "2026-06-05 10:00": {"1: T-1 H assignee"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-04 12:00", func(c *city) {
				baso, pokja := c.member("baso"), c.group(-1, council.KindWorkingGroup)
				c.change(func(tx *store.Tx) error {
					return errors.Join(tx.SetQuietTimes(store.Hearer{MemberID: baso}, row.person), tx.SetQuietTimes(store.Hearer{GroupID: pokja.ID}, row.group))
				})
				c.task(row.deadline, baso)
				if row.deadline == "2026-06-12 16:00" {
					c.evaluation("2026-06-12 23:00")
					c.act(1, council.Everyone, func(task council.Task) (council.Task, error) { task.EvaluationID = 99; return task, nil })
				}
				for _, moment := range sorted(row.said) {
					c.reach(moment)
					c.said(row.said[moment]...)
				}
			})
		})
	}
}

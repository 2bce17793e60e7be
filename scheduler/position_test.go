package scheduler

import (
	"errors"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// holds puts people into a position from the beginning of the year on; who comes after
// the first is a deputy.
func (c *city) holds(position council.Position, members ...int64) {
	c.t.Helper()
	first, err := council.ParseDay("2026-01-01")
	if err != nil {
		c.t.Fatal(err)
	}
	c.change(func(tx *store.Tx) error {
		position, err := tx.Position(position)
		if err != nil {
			return err
		}
		var holdings []council.Holding
		for i, member := range members {
			holdings = append(holdings, council.Holding{PositionID: position.ID, MemberID: member, Deputy: i > 0, First: first})
		}
		return tx.SetHoldings(position.ID, first, holdings)
	})
}

// Who hears of a task that is overdue, and of an evaluation that is not complete.
func TestPositions(t *testing.T) {
	const head, deputy, secretary, byRole = 1, 2, 3, 4
	office := council.Position{Kind: council.PositionOfficeHead, Title: "Kepala DLH", GroupID: 1}
	top := council.Position{Kind: council.PositionSecretary}
	for name, row := range map[string]struct {
		prepare func(*city)
		third   []string // on the third day after the deadline, a Thursday
		seventh []string
		eval    []string // at H-3 of an evaluation
	}{
		"nobody": {},
		"a leader by role alone": {
			prepare: func(c *city) {
				c.change(func(tx *store.Tx) error { return tx.GrantRole(byRole, council.RoleLeader, "granted") })
			},
			third: []string{"4: T-1 overdue+3 leader"}, seventh: []string{"4: T-1 overdue+7 leader"}, eval: []string{"4: E-1 H-3 leader"},
		},
		"the head of the office first, then the secretary": {
			prepare: func(c *city) { c.holds(office, head, deputy); c.holds(top, secretary) },
			third:   []string{"1: T-1 overdue+3 leader"}, seventh: []string{"1: T-1 overdue+7 leader", "3: T-1 overdue+7 leader"},
			eval: []string{"3: E-1 H-3 leader"},
		},
		"a deputy while the head is on leave": {
			prepare: func(c *city) {
				c.holds(office, head, deputy)
				c.away(head, "2026-06-04", "2026-06-05")
			},
			third: []string{"2: T-1 overdue+3 leader"}, seventh: []string{"1: T-1 overdue+7 leader"}, eval: []string{"1: E-1 H-3 leader"},
		},
		"the secretary where all below are away": {
			prepare: func(c *city) {
				c.holds(office, head)
				c.holds(top, secretary)
				c.away(head, "2026-06-04", "2026-06-05")
			},
			third: []string{"3: T-1 overdue+3 leader"}, seventh: []string{"1: T-1 overdue+7 leader", "3: T-1 overdue+7 leader"},
			eval: []string{"3: E-1 H-3 leader"},
		},
		"the head of another office": {
			prepare: func(c *city) {
				c.holds(council.Position{Kind: council.PositionOfficeHead, Title: "Kepala Dinas lain", GroupID: 2}, head)
			},
			eval: []string{"1: E-1 H-3 leader"},
		},
		"a head and a leader by role": {
			prepare: func(c *city) {
				c.holds(office, head, deputy)
				c.change(func(tx *store.Tx) error {
					return errors.Join(tx.GrantRole(byRole, council.RoleLeader, "granted"), tx.GrantRole(head, council.RoleLeader, "granted"))
				})
			},
			third: []string{"1: T-1 overdue+3 leader", "4: T-1 overdue+3 leader"}, seventh: []string{"1: T-1 overdue+7 leader", "4: T-1 overdue+7 leader"},
			eval: []string{"1: E-1 H-3 leader", "4: E-1 H-3 leader"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-05-30 09:00", func(c *city) {
				for _, person := range []string{"head", "deputy", "secretary", "leader"} {
					c.member(person)
				}
				if row.prepare != nil {
					row.prepare(c)
				}
				c.create(council.Task{GroupID: 1, Deadline: council.Deadline{At: at(t, "2026-06-01 16:00"), Zone: "Asia/Makassar"}})
				c.reach("2026-06-02 08:00")
				c.said()
				c.reach("2026-06-04 08:00")
				c.said(row.third...)
				c.reach("2026-06-08 08:00")
				c.said(row.seventh...)
				c.evaluation("2026-06-12 16:00")
				c.reach("2026-06-09 08:00")
				c.said(row.eval...)
			})
		})
	}
}

// A day on which a deputy was in place is not told again to the holder who is back.
func TestWhatADeputyHeardIsNotSaidAgain(t *testing.T) {
	inBubble(t, "2026-05-30 09:00", func(c *city) {
		head, deputy := c.member("head"), c.member("deputy")
		c.holds(council.Position{Kind: council.PositionSecretary}, head, deputy)
		c.away(head, "2026-06-04", "2026-06-04")
		c.create(council.Task{Deadline: council.Deadline{At: at(t, "2026-06-01 16:00"), Zone: "Asia/Makassar"}})
		c.reach("2026-06-04 08:00")
		c.said("2: T-1 overdue+3 leader")
		c.reach("2026-06-05 16:00")
		c.said()
	})
}

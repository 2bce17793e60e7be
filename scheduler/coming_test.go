package scheduler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// coming lists what waits: "2026-06-09 08:00 T-1 H-1: 2" to member 2.
func (c *city) coming(most int) (listed []string) {
	c.t.Helper()
	err := c.store.View(context.Background(), func(tx *store.Tx) error {
		waiting, err := c.scheduler.Coming(context.Background(), tx, most)
		for _, one := range waiting {
			slices.Sort(one.MemberIDs)
			listed = append(listed, fmt.Sprint(one.Reminder.Due.In(wita).Format("2006-01-02 15:04"), " ", one.Reminder.Subject, " ", one.Reminder.Step, ": ", one.MemberIDs, one.GroupIDs))
		}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return listed
}

// What is listed is what is said, at its moment and to those it names, until
// nothing is left to be said.
func TestWhatIsListedIsWhatWillBeSaid(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		sitti := c.member("Sitti", council.RoleCoordinator)
		baso, yuliana := c.member("Baso"), c.member("Yuliana")
		c.task("2026-06-10 16:00", baso, yuliana)
		c.asks(baso, 0, "2026-06-04 21:30", nil)
		all := c.coming(100)
		for _, want := range []string{
			fmt.Sprintf("2026-06-04 21:30 N-1 own: [%d] []", baso),
			fmt.Sprintf("2026-06-09 08:00 T-1 H-1: [%d %d] []", baso, yuliana),
			fmt.Sprintf("2026-06-11 08:00 T-1 overdue+1: [%d %d %d] []", sitti, baso, yuliana),
		} {
			if !slices.Contains(all, want) {
				t.Errorf("%q is not among\n%s", want, strings.Join(all, "\n"))
			}
		}
		if !slices.IsSorted(all) {
			t.Errorf("not the soonest first:\n%s", strings.Join(all, "\n"))
		}
		if few := c.coming(2); !slices.Equal(few, all[:2]) {
			t.Errorf("two of them: %v", few)
		}
		next := all[0]
		c.reach(next[:len("2026-06-04 21:30")])
		if said := c.strings(`SELECT 1 FROM outbox`); len(said) == 0 {
			t.Errorf("%q was listed, and nothing was said", next)
		}
		if slices.Contains(c.coming(100), next) {
			t.Errorf("%q is listed although it has been said", next)
		}
	})
}

func TestWhatNobodyWillHearIsNotListed(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso := c.member("Baso")
		c.task("2026-06-10 16:00", baso)
		c.change(func(tx *store.Tx) error {
			return tx.AddReminders([]council.Reminder{{Subject: council.TaskReference(9), Step: "H-1", Audience: council.ToLeader,
				Anchor: at(t, "2026-06-10 16:00"), Due: at(t, "2026-06-02 08:00")}})
		})
		for _, line := range c.coming(100) {
			if strings.Contains(line, "T-9") || strings.HasSuffix(line, "[] []") {
				t.Errorf("lists %s", line)
			}
		}
		if len(c.coming(100)) == 0 {
			t.Error("lists nothing")
		}
	})
}

// The asker of a question is listed beside those to whom it will be taken.
func TestTheAskerIsListedAsWell(t *testing.T) {
	inBubble(t, "2026-10-07 10:12", func(c *city) {
		asker, inCharge, leader := c.member("Fadli"), c.member("PIC"), c.member("Sekda")
		c.holds(council.Position{Kind: council.PositionInCharge, GroupID: 2}, inCharge)
		c.holds(council.Position{Kind: council.PositionSecretary}, leader)
		c.question(asker, council.Addressee{GroupID: 2})
		want := []string{
			fmt.Sprintf("2026-10-12 08:00 Q-1 answer_soon: [%d] []", inCharge),
			fmt.Sprintf("2026-10-14 08:00 Q-1 answer_day: [%d] []", inCharge),
			fmt.Sprintf("2026-10-15 08:00 Q-1 answer_late: [%d] [%d]", leader, forum),
		}
		if got := c.coming(10); !slices.Equal(got, want) {
			t.Errorf("listed:\n%s\nand not:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// TestWhatTheBotDoesItselfIsListed names those who hear of it: the coordinators.
func TestWhatTheBotDoesItselfIsListed(t *testing.T) {
	inBubble(t, "2026-06-08 09:00", func(c *city) {
		sitti := c.member("Sitti", council.RoleCoordinator)
		c.member("Baso")
		c.toDo(1, "2026-06-08 21:15")
		want := []string{fmt.Sprintf("2026-06-08 21:15 V-1 close: [%d] []", sitti)}
		if got := c.coming(1); !slices.Equal(got, want) {
			t.Errorf("listed %q, want %q", got, want)
		}
	})
}

// TestWhoHearsOfAnIdeaIsListed names the coordinators where too few may have scored,
// and everybody who stands behind it where it is tried or was decided on.
func TestWhoHearsOfAnIdeaIsListed(t *testing.T) {
	until := at(t, "2026-10-12 16:00")
	for name, row := range map[string]struct {
		change func(*council.Idea)
		want   string
	}{
		"too few scores": {func(i *council.Idea) {
			i.State, i.Review = council.IdeaUnderReview, council.Review{OpenedAt: i.CreatedAt, Until: until, Quorum: 3}
		}, "2026-10-12 16:00 I-1 review_end: [2] []"},
		"approved, nobody told": {func(i *council.Idea) {
			i.State, i.Decision = council.IdeaApproved, council.IdeaDecision{State: council.IdeaApproved, At: i.CreatedAt}
		}, "2026-10-07 10:14 I-1 tell_decision: [1 3] []"},
		"on trial": {func(i *council.Idea) { i.State, i.TrialAt = council.IdeaTrial, at(t, "2026-10-08 08:00") },
			"2026-11-05 08:00 I-1 trial_ask: [1 3] []"},
		"not seen by the target": {nil, "2026-10-15 08:00 I-1 review_late: [1 2] []"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-10-07 10:12", func(c *city) {
				c.member("Fadli")
				c.member("Ramlah", council.RoleCoordinator)
				follower := c.member("Nurhikmah")
				c.idea(row.change)
				c.change(func(tx *store.Tx) error {
					return tx.SetSupport(council.IdeaSupport{IdeaNumber: 1, MemberID: follower, Supports: true}, c.clock.Now())
				})
				if got := c.coming(20); !slices.Contains(got, row.want) {
					t.Errorf("%q is not among\n%s", row.want, strings.Join(got, "\n"))
				}
			})
		})
	}
}

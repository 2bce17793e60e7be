package scheduler

import (
	"errors"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// idea gives an idea, as the bot does.
func (c *city) idea(change func(*council.Idea)) {
	c.t.Helper()
	c.change(func(tx *store.Tx) error {
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		now := c.clock.Now()
		idea := council.NewIdea(council.Idea{SubmitterID: fadli, FromGroup: forum, Title: "jadwal truk", Text: "jadwal truk"}, now, timing)
		if change != nil {
			change(&idea)
		}
		if idea, err = tx.CreateIdea(idea); err != nil {
			return err
		}
		return tx.PlanReminders(idea.Reference(), council.PlanIdea(idea, now, timing), nil)
	})
}

// turnIdea changes the first idea and plans it anew, as the bot does.
func (c *city) turnIdea(move func(council.Idea, council.Calendar) (council.Idea, error)) {
	c.t.Helper()
	now := c.clock.Now()
	c.change(func(tx *store.Tx) error {
		timing, err := c.voice.Timing(tx)
		if err != nil {
			return err
		}
		idea, err := tx.Idea(1)
		if err != nil {
			return err
		}
		after, err := move(idea, timing.Calendar)
		if err != nil {
			return err
		}
		stay := func(reminder council.Reminder) bool { return council.IdeaStays(reminder, after, now) }
		return errors.Join(tx.SaveIdea(after), tx.PlanReminders(after.Reference(), council.PlanIdea(after, now, timing), stay))
	})
}

// An idea given on Wednesday, 7 October 2026: to be seen by the 14th and decided by
// the 4th of November.
func TestTheTargetsOfAnIdeaAreKept(t *testing.T) {
	const (
		news     = "5: I-1 idea_new coordinator"
		seenSoon = "5: I-1 review_soon coordinator"
		seenDay  = "5: I-1 review_day coordinator"
		seenLate = "4: I-1 review_late leader"
		toldSeen = "group 1: review_late"
		toldLate = "group 1: decide_late"
	)
	ask := func(c *city) {
		c.turnIdea(func(i council.Idea, _ council.Calendar) (council.Idea, error) { return i.Ask(c.clock.Now()) })
	}
	explain := func(c *city) {
		c.turnIdea(func(i council.Idea, calendar council.Calendar) (council.Idea, error) {
			return i.Explain(c.clock.Now(), calendar)
		})
	}
	seen := func(c *city) {
		for _, moment := range [][]string{{"2026-10-08 08:00", news}, {"2026-10-12 08:00", seenSoon}, {"2026-10-14 08:00", seenDay}} {
			c.reach(moment[0])
			c.said(moment[1])
		}
	}
	for name, row := range map[string]struct {
		change  func(*council.Idea)
		happens func(*city)
		said    [][]string // the moment, and what is said then
	}{
		"nobody does anything": {
			said: [][]string{{"2026-10-08 08:00", news}, {"2026-10-12 08:00", seenSoon}, {"2026-10-13 08:00"}, {"2026-10-14 08:00", seenDay},
				{"2026-10-14 16:01"}, {"2026-10-15 08:00", toldSeen, seenLate}, {"2026-11-02 08:00", "5: I-1 decide_soon coordinator"},
				{"2026-11-04 08:00", "5: I-1 decide_day coordinator"}, {"2026-11-05 08:00", toldLate, "4: I-1 decide_late leader"}, {"2026-11-30 12:00"}},
		},
		"the submitter is asked, and the clock stands": {
			happens: func(c *city) {
				c.reach("2026-10-08 08:00")
				c.said(news)
				ask(c)
				c.reach("2026-11-20 09:00")
				c.said()
				explain(c) // after 31 working days
			},
			said: [][]string{{"2026-11-24 08:00", seenSoon}, {"2026-11-26 08:00", seenDay}, {"2026-11-27 08:00", toldSeen, seenLate}},
		},
		"asked and explained after it was taken up: not taken up again": {
			happens: func(c *city) {
				seen(c)
				c.reach("2026-10-15 08:00")
				c.said(toldSeen, seenLate)
				ask(c)
				c.reach("2026-10-20 09:00")
				explain(c)
			},
			said: [][]string{{"2026-10-30 12:00"}},
		},
		"holidays come in between: the target stays": {
			happens: func(c *city) {
				c.reach("2026-10-08 08:00")
				c.said(news)
				c.holiday("2026-10-13")
				c.holiday("2026-10-15")
			},
			said: [][]string{{"2026-10-09 08:00", seenSoon}, {"2026-10-14 08:00", seenDay}, {"2026-10-15 08:00"}, {"2026-10-16 08:00", toldSeen, seenLate}},
		},
		"an outage over the target": {
			happens: func(c *city) { c.reach("2026-10-08 08:00"); c.said(news); c.restart("2026-10-16 09:10") },
			said:    [][]string{{"2026-10-16 09:10", toldSeen, "4: late I-1 review_late leader"}, {"2026-10-30 12:00"}},
		},
		"an outage that ends at night: both hear of it in the morning": {
			happens: func(c *city) { c.reach("2026-10-08 08:00"); c.said(news); c.restart("2026-10-15 21:00") },
			said:    [][]string{{"2026-10-15 21:00"}, {"2026-10-16 08:00", toldSeen, seenLate}},
		},
		"no secretary: a leader by role": {
			happens: func(c *city) {
				c.holds(council.Position{Kind: council.PositionSecretary})
				c.change(func(tx *store.Tx) error { return tx.GrantRole(other, council.RoleLeader, "granted") })
				seen(c)
			},
			said: [][]string{{"2026-10-15 08:00", toldSeen, "6: I-1 review_late leader"}},
		},
		"held: the coordinators once": {
			change: func(i *council.Idea) { i.Held = council.HeldSpam },
			said:   [][]string{{"2026-10-08 08:00", "5: I-1 idea_held coordinator"}, {"2026-11-30 12:00"}},
		},
		"on trial: asked again after four weeks, and the coordinators a week later": {
			change: func(i *council.Idea) { i.State, i.TrialAt = council.IdeaTrial, at(t, "2026-10-08 08:00") },
			said:   [][]string{{"2026-11-05 07:59"}, {"2026-11-05 08:00", "group 1: trial_ask"}, {"2026-11-12 08:00", "5: I-1 trial_decide coordinator"}, {"2026-11-30 12:00"}},
		},
		"a trial that is moved": {
			change: func(i *council.Idea) { i.State, i.TrialAt = council.IdeaTrial, at(t, "2026-10-08 08:00") },
			happens: func(c *city) {
				c.turnIdea(func(i council.Idea, calendar council.Calendar) (council.Idea, error) {
					return i.MoveTrial(council.Day{Year: 2026, Month: 10, Day: 12}, c.clock.Now(), calendar)
				})
			},
			said: [][]string{{"2026-11-05 08:00"}, {"2026-11-09 08:00", "group 1: trial_ask"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-10-07 10:12", func(c *city) {
				for _, person := range []string{"Fadli", "PIC", "wakil", "Sekda", "Ramlah", "lain"} {
					c.member(person)
				}
				c.change(func(tx *store.Tx) error { return tx.GrantRole(ramlah, council.RoleCoordinator, "granted") })
				c.group(-1, council.KindCommunity)
				c.holds(council.Position{Kind: council.PositionSecretary}, sekda)
				c.idea(row.change)
				if row.happens != nil {
					row.happens(c)
				}
				for _, moment := range row.said {
					c.reach(moment[0])
					c.said(moment[1:]...)
				}
			})
		})
	}
}

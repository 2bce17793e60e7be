package scheduler

import (
	"errors"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func TestOneMorningOneMessage(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso, sitti := c.member("baso"), c.member("sitti")
		c.task("2026-06-12 16:00", baso)
		c.task("2026-06-12 10:00", baso, sitti)
		c.reach("2026-06-05 07:59")
		c.said()
		c.reach("2026-06-05 08:00")
		c.said("1: T-1 H-7 assignee, T-2 H-7 assignee", "2: T-2 H-7 assignee")
		c.reach("2026-06-05 08:01")
		c.said()
	})
}

func TestSaidOnce(t *testing.T) {
	for name, happens := range map[string]func(*city){
		"a restart":             func(c *city) { c.stop(); c.start() },
		"a clock set back":      func(c *city) { c.reach("2026-06-04 08:00"); c.said(); c.reach("2026-06-05 08:00") },
		"a clock back in hours": func(c *city) { c.reach("2026-06-05 07:30"); c.said(); c.reach("2026-06-05 08:00") },
		"the same plan again": func(c *city) {
			c.change(func(tx *store.Tx) error {
				task, err := tx.Task(1)
				if err != nil {
					return err
				}
				early := at(c.t, "2026-06-01 09:00")
				return tx.PlanReminders(task.Reference(), council.PlanTask(task, early, council.Timing{Calendar: council.NewCalendar(wita, nil)}), nil)
			})
			c.reach("2026-06-05 08:30")
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				c.task("2026-06-12 16:00", c.member("baso"))
				c.reach("2026-06-05 08:00")
				c.said("1: T-1 H-7 assignee")
				happens(c)
				c.said()
			})
		})
	}
}

func TestKilledInTheMiddleOfATick(t *testing.T) {
	for name, fall := range map[string]func() error{
		"an error": func() error { return errors.New("no") },
		"a panic":  func() error { panic("words of people") },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, "2026-06-01 09:00", func(c *city) {
				baso, sitti := c.member("baso"), c.member("sitti")
				c.task("2026-06-12 16:00", baso, sitti)
				falls := 2
				c.voice.fail = func(notice council.Notice) error {
					if notice.MemberID == sitti && falls > 0 {
						falls--
						return fall()
					}
					return nil
				}
				c.reach("2026-06-05 08:00")
				c.said()
				c.ended("T-1")
				c.patience(10 * time.Second)
				c.said("1: T-1 H-7 assignee", "2: T-1 H-7 assignee")
				c.ended("T-1", "H-7 assignee said due", "H-7 assignee said due")
			})
		})
	}
}

func TestOneWhoCannotBeSpokenToHoldsUpNobody(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso, sitti := c.member("baso", council.RoleCoordinator), c.member("sitti", council.RoleCoordinator)
		c.task("2026-06-01 16:00")
		broken := true
		c.voice.fail = func(notice council.Notice) error {
			if notice.MemberID == baso && broken {
				return errors.New("no")
			}
			return nil
		}
		c.reach("2026-06-02 08:00")
		c.patience(10 * time.Second)
		c.said("2: T-1 overdue+1 coordinator")
		broken = false
		c.reach("2026-06-02 08:59")
		c.said()
		c.reach("2026-06-02 09:00")
		c.said("1: T-1 overdue+1 coordinator")
		c.reach("2026-06-03 12:00")
		c.said()
		_ = sitti
	})
}

func TestWakesForWhatIsPlannedSooner(t *testing.T) {
	inBubble(t, "2026-06-01 09:00", func(c *city) {
		baso := c.member("baso")
		c.task("2026-06-12 16:00", baso)
		c.reach("2026-06-01 10:00")
		c.change(func(tx *store.Tx) error {
			return tx.AddReminders([]council.Reminder{{Subject: council.TaskReference(1), Step: "H-30", Audience: council.ToAssignee,
				MemberID: baso, Anchor: at(t, "2026-06-12 16:00"), Due: at(t, "2026-06-01 09:30")}})
		})
		c.patience(time.Second)
		c.said("1: late T-1 H-30 assignee")
	})
}

func TestLeavesWhatNobodyLinked(t *testing.T) {
	inBubble(t, "2026-06-06 09:00", func(c *city) {
		c.change(func(tx *store.Tx) error {
			return tx.Joined(-5, "Forum", c.clock.Now(), c.clock.Now().Add(24*time.Hour))
		})
		c.reach("2026-06-07 08:59")
		if len(c.voice.left) != 0 {
			t.Error("left too early")
		}
		c.reach("2026-06-07 09:00")
		c.reach("2026-06-07 09:01")
		if len(c.voice.left) != 1 || !c.voice.left[0].Equal(at(t, "2026-06-07 09:00")) {
			t.Errorf("left at %v", c.voice.left)
		}
	})
}

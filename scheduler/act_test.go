package scheduler

import (
	"slices"
	"testing"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

func (c *city) toDo(number int64, moment string) {
	at := at(c.t, moment)
	c.change(func(tx *store.Tx) error {
		return tx.AddReminders([]council.Reminder{{Subject: council.Reference{Letter: council.PollLetter, Number: number}, Step: "close",
			Audience: council.ToBot, Anchor: at, Due: at}})
	})
}

func (c *city) did(want ...string) {
	c.t.Helper()
	if !slices.Equal(c.voice.done, want) {
		c.t.Errorf("the bot did %q, want %q", c.voice.done, want)
	}
}

// TestTheBotActsInTime does what is due at its moment, in the evening as well,
// and once.
func TestTheBotActsInTime(t *testing.T) {
	inBubble(t, "2026-06-08 09:00", func(c *city) {
		c.toDo(1, "2026-06-08 21:15")
		c.reach("2026-06-08 21:14")
		c.did()
		c.reach("2026-06-08 21:15")
		c.did("V-1 close")
		c.reach("2026-06-12 08:00")
		c.did("V-1 close")
	})
}

// TestWhatCannotBeDoneWaits holds nothing else up for longer than three tries.
func TestWhatCannotBeDoneWaits(t *testing.T) {
	inBubble(t, "2026-06-08 09:00", func(c *city) {
		c.task("2026-06-12 16:00", c.member("baso"))
		c.voice.botch = 3
		c.toDo(1, "2026-06-09 08:00")
		c.reach("2026-06-09 08:00")
		c.patience(5 * time.Second)
		c.did()
		c.said("1: T-1 H-3 assignee")
		c.reach("2026-06-09 09:01")
		c.did("V-1 close")
	})
}

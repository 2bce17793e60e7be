package scheduler

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// TestNothingIsSaidWhileNobodyCanBeReached passes over two mornings: afterwards
// one digest says what is useful then.
func TestNothingIsSaidWhileNobodyCanBeReached(t *testing.T) {
	inBubble(t, "2026-06-08 09:00", func(c *city) {
		var away atomic.Bool
		c.stop()
		c.scheduler = New(c.store, c.voice, c.clock, slog.New(slog.DiscardHandler))
		c.scheduler.Away = away.Load
		ctx, cancel := context.WithCancel(context.Background())
		ended := make(chan error, 1)
		go func() { ended <- c.scheduler.Run(ctx) }()
		c.stop = func() {
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("the loop ended with %v", err)
			}
		}
		c.task("2026-06-12 16:00", c.member("baso"))
		away.Store(true)
		for _, moment := range []string{"2026-06-09 08:00", "2026-06-10 08:00", "2026-06-11 08:00", "2026-06-11 10:00"} {
			c.reach(moment)
			c.said()
		}
		away.Store(false)
		c.store.LookAgain()
		synctest.Wait()
		c.said("1: late T-1 H-1 assignee")
	})
}

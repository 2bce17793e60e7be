package main

import (
	"context"
	"time"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/scheduler"
	"github.com/rembuk/rembuk/store"
)

// leapingClock leaps from one moment to another whenever the scheduler waits.
type leapingClock struct {
	now   time.Time
	began time.Time // of what the scheduler is doing, in real time
	// rest is told until when the scheduler would wait, and what it took since it
	// waited last; it gives the moment that follows, or the zero time at the end.
	rest   func(until time.Time, took time.Duration) time.Time
	cancel context.CancelFunc
}

// Now is where the clock stands.
func (c *leapingClock) Now() time.Time { return c.now }

// Wait leaps to the moment that follows.
func (c *leapingClock) Wait(ctx context.Context, until time.Time) error {
	next := c.rest(until, time.Since(c.began))
	if next.IsZero() {
		c.cancel()
		return ctx.Err()
	}
	c.now, c.began = next, time.Now()
	return nil
}

// speaker is the real bot, and tells what it says.
type speaker struct {
	*bot.Bot
	said func(council.Notice)
}

// Say says, and tells.
func (s *speaker) Say(ctx context.Context, tx *store.Tx, notice council.Notice) error {
	s.said(notice)
	return s.Bot.Say(ctx, tx, notice)
}

// live runs the scheduler of a regency until rest gives no moment any more.
func (r *regency) live(ctx context.Context, said func(council.Notice), rest func(until time.Time, took time.Duration) time.Time) error {
	ctx, r.clock.cancel = context.WithCancel(ctx)
	defer r.clock.cancel()
	r.clock.rest, r.clock.began = rest, time.Now()
	return scheduler.New(r.opened, &speaker{r.bot, said}, r.clock, quietLog()).Run(ctx)
}

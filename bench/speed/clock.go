package main

import (
	"context"
	"errors"
	"time"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/scheduler"
	"github.com/rembuk/rembuk/store"
)

// turn is one tick: what it said, and how long it took in real time.
type turn struct {
	items, notices int
	took           time.Duration
}

// tick lets the scheduler go from one moment at which something is due to the next.
func tick(ctx context.Context, path string, first time.Time) (turns []turn, err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	clock := &leapingClock{now: first, end: first.AddDate(0, 0, daysTicked), cancel: cancel}
	inside, err := insideBot(opened, "http://127.0.0.1:1", 1, clock.Now)
	if err != nil {
		return nil, err
	}
	speaker := &countingSpeaker{Bot: inside, clock: clock}
	clock.began = time.Now()
	err = scheduler.New(opened, speaker, clock, quietLog()).Run(ctx)
	return clock.turns, errors.Join(err, clock.failed)
}

// leapingClock leaps to whatever the scheduler waits for. Between two waits
// lies one tick.
type leapingClock struct {
	now, end time.Time
	began    time.Time // of the tick, in real time
	present  turn
	turns    []turn
	cancel   context.CancelFunc
	failed   error
}

// Now is where the clock stands.
func (c *leapingClock) Now() time.Time { return c.now }

// Wait ends a tick and begins the next one at once.
func (c *leapingClock) Wait(ctx context.Context, until time.Time) error {
	c.present.took = time.Since(c.began)
	c.turns = append(c.turns, c.present)
	if !until.After(c.now) {
		c.failed = errors.New("the scheduler waits for what has passed")
	}
	if until.After(c.end) || c.failed != nil {
		c.cancel()
		return ctx.Err()
	}
	c.now, c.present, c.began = until, turn{}, time.Now()
	return nil
}

// countingSpeaker is the real bot, and counts what it is told to say.
type countingSpeaker struct {
	*bot.Bot
	clock *leapingClock
}

// Say counts and says.
func (s *countingSpeaker) Say(ctx context.Context, tx *store.Tx, notice council.Notice) error {
	s.clock.present.items += len(notice.Items)
	s.clock.present.notices++
	return s.Bot.Say(ctx, tx, notice)
}

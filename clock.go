package main

import (
	"context"
	"math"
	"sync"
	"time"
)

// Clock is what rules and reminders live on. Pacing, retries and polls live in
// real time instead.
type Clock interface {
	// Now is the present moment, without a monotonic part.
	Now() time.Time
	// Wait returns nil when the clock has reached until or when the clock has
	// moved in another way than by passing, so that whoever waits looks again
	// at what is due; it returns the context's error when that is done first.
	// Under rehearsal it returns early, at least four times per real second.
	Wait(ctx context.Context, until time.Time) error
}

// longestNap bounds how late a suspended machine or a corrected clock is noticed.
const longestNap = 2 * time.Second

// WallClock is the machine's clock.
type WallClock struct{}

// Now is the machine's time. The monotonic part is taken off since it stands
// still while a machine is suspended.
func (WallClock) Now() time.Time { return time.Now().Round(0) }

// Wait naps in short steps and looks at the wall clock after each.
func (c WallClock) Wait(ctx context.Context, until time.Time) error {
	for {
		left := until.Sub(c.Now())
		if left <= 0 {
			return ctx.Err()
		}
		if err := nap(ctx, min(left, longestNap)); err != nil {
			return err
		}
	}
}

// RehearsalClock starts at a chosen moment and runs faster than the wall clock.
// It cannot pass 292 years after its start, where it stands still.
type RehearsalClock struct {
	rehearsal Rehearsal
	began     time.Time // with its monotonic part
}

// NewRehearsalClock starts the clock now.
func NewRehearsalClock(rehearsal Rehearsal) *RehearsalClock {
	return &RehearsalClock{rehearsal: rehearsal, began: time.Now()}
}

// Now is the rehearsed moment, in the zone in which the start was written.
func (c *RehearsalClock) Now() time.Time {
	passed := float64(time.Since(c.began)) * c.rehearsal.Speed
	if passed >= math.MaxInt64 {
		passed = math.MaxInt64 - 1024 // the next smaller float64
	}
	return c.rehearsal.Start.Add(time.Duration(passed))
}

// Wait returns after a quarter of a real second at the latest: at a high speed
// something may have come due in between.
func (c *RehearsalClock) Wait(ctx context.Context, until time.Time) error {
	left := float64(until.Sub(c.Now())) / c.rehearsal.Speed
	const quarter = 250 * time.Millisecond
	if left <= 0 {
		return ctx.Err()
	}
	// A nap of whole nanoseconds may end a moment before until: round up.
	return nap(ctx, time.Duration(math.Ceil(min(left, float64(quarter)))))
}

// MovableClock stands still until it is moved. Stories and the playground use it.
type MovableClock struct {
	mutex sync.Mutex
	now   time.Time
	moved chan struct{} // closed and replaced by every move
}

// NewMovableClock stands at now.
func NewMovableClock(now time.Time) *MovableClock {
	return &MovableClock{now: now.Round(0), moved: make(chan struct{})}
}

// Now is where the clock stands.
func (c *MovableClock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

// Set moves the clock, backward too, and wakes everybody who waits.
func (c *MovableClock) Set(now time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = now.Round(0)
	close(c.moved)
	c.moved = make(chan struct{})
}

// Advance moves the clock forward by a length of time.
func (c *MovableClock) Advance(by time.Duration) { c.Set(c.Now().Add(by)) }

// Wait returns at the next move, or at once if until is not ahead.
func (c *MovableClock) Wait(ctx context.Context, until time.Time) error {
	c.mutex.Lock()
	moved, ahead := c.moved, until.After(c.now)
	c.mutex.Unlock()
	if !ahead {
		return ctx.Err()
	}
	select {
	case <-moved:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func nap(ctx context.Context, length time.Duration) error {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

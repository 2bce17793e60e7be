package main

import (
	"context"
	"sync"
	"time"
)

// between is how long it takes from one press to the next while the backlog is handled.
const between = 50 * time.Millisecond

// crowd are people who press while the backlog is handled; Telegram hands over what they
// do behind everything else.
type crowd struct {
	now     *running
	pressed map[string]time.Time // when, by the id of the press
	working sync.WaitGroup
	stop    chan struct{}
}

func newCrowd(now *running) *crowd {
	return &crowd{now: now, pressed: make(map[string]time.Time), stop: make(chan struct{})}
}

// begin lets them press until end.
func (c *crowd) begin(ctx context.Context) {
	c.working.Go(func() {
		for {
			select {
			case <-time.After(between):
				began := time.Now()
				c.pressed[c.now.town.press()] = began
			case <-c.stop:
				return
			case <-ctx.Done():
				return
			}
		}
	})
}

// end lets nobody press any more.
func (c *crowd) end() {
	close(c.stop)
	c.working.Wait()
}

// waits are how long they waited for an answer; who has none has waited for a day.
func (c *crowd) waits() (waits []time.Duration) {
	for id, began := range c.pressed {
		if at, known := c.now.watch.at(id); known {
			waits = append(waits, at.Sub(began))
		} else {
			waits = append(waits, 24*time.Hour)
		}
	}
	return sorted(waits)
}

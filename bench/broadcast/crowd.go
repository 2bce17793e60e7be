package main

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// between is how long a member takes from one press to the next, on average.
const between = 4 * time.Second

// crowd are members who press buttons, each for himself or herself.
type crowd struct {
	town    *town
	mutex   sync.Mutex
	pressed map[string]time.Time // when, by the id of the press
	working sync.WaitGroup
	stop    chan struct{}
}

func newCrowd(town *town) *crowd {
	return &crowd{town: town, pressed: make(map[string]time.Time), stop: make(chan struct{})}
}

// begin lets every member press until end: what the group was linked as at
// first, and that the announcement was read as soon as it is there.
func (c *crowd) begin(ctx context.Context) {
	for number, one := range c.town.members {
		random := rand.New(rand.NewPCG(uint64(number), 0))
		c.working.Go(func() {
			for {
				pause := time.Duration(random.ExpFloat64() * float64(between))
				select {
				case <-time.After(pause):
				case <-c.stop:
					return
				case <-ctx.Done():
					return
				}
				c.press(one)
			}
		})
	}
}

// press is one press of a member: on the announcement, else on the last message
// of the bot in the group.
func (c *crowd) press(one member) {
	said := c.town.said(one.group)
	if len(said) == 0 {
		return
	}
	began := time.Now()
	id := ""
	if message := c.town.shown(one.group, buttonRead); message != 0 {
		pressed, err := c.town.telegram.Press(one.group, message, one.id, buttonRead)
		if err != nil {
			return // the message has changed in this very moment
		}
		id = pressed
	} else {
		id = c.town.telegram.PressData(one.group, said[len(said)-1].ID, one.id, "1:nothing")
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.pressed[id] = began
}

// end lets nobody press any more.
func (c *crowd) end() {
	close(c.stop)
	c.working.Wait()
}

// allAnswered tells whether every press has its answer.
func (c *crowd) allAnswered() bool {
	_, unanswered := c.waits()
	return unanswered == 0
}

// waits are how long the presses waited until their answer was at Telegram, the
// shortest first, and how many have none.
func (c *crowd) waits() (waited []time.Duration, unanswered int) {
	answered := make(map[string]time.Time)
	for _, call := range c.town.telegram.Calls() {
		if call.Method == "answerCallbackQuery" && call.Outcome == "200" {
			answered[call.Params["callback_query_id"]] = call.At
		}
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for id, began := range c.pressed {
		at, known := answered[id]
		if !known {
			unanswered++
			continue
		}
		waited = append(waited, at.Sub(began))
	}
	slices.Sort(waited)
	return waited, unanswered
}

// share is the time that so many of the times are not above.
func share(sorted []time.Duration, of float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(of*float64(len(sorted))))-1)]
}

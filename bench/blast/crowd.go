package main

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/rembuk/rembuk/sim"
)

const (
	// writers is how many people write and press while others are reminded.
	writers = 60
	// between is how long each of them takes from one act to the next, on average.
	between = 5 * time.Second
	// command is what they write; its answer is one message.
	command = "/tugas"
)

// crowd are people who write and press buttons, each for himself or herself.
type crowd struct {
	town    *town
	mutex   sync.Mutex
	pressed map[string]time.Time  // when, by the id of the press
	written map[int64][]time.Time // when, by who wrote
	working sync.WaitGroup
	stop    chan struct{}
}

func newCrowd(town *town) *crowd {
	return &crowd{town: town, pressed: make(map[string]time.Time), written: make(map[int64][]time.Time), stop: make(chan struct{})}
}

// begin lets everybody write and press in turns until end. Nobody writes again
// before the answer is there.
func (c *crowd) begin(ctx context.Context) {
	for number, person := range c.town.writers {
		random := rand.New(rand.NewPCG(uint64(number), 0))
		c.working.Go(func() {
			for turn := number; ; turn++ {
				select {
				case <-time.After(between/2 + time.Duration(random.Int64N(int64(between)))):
				case <-c.stop:
					return
				case <-ctx.Done():
					return
				}
				c.act(person, turn)
			}
		})
	}
}

func (c *crowd) act(person int64, turn int) {
	said := c.said(person)
	c.mutex.Lock()
	waits := len(c.written[person]) > len(said)
	c.mutex.Unlock()
	if waits {
		return
	}
	began := time.Now()
	if turn%2 == 0 || len(said) == 0 {
		c.mutex.Lock()
		c.written[person] = append(c.written[person], began)
		c.mutex.Unlock()
		c.town.telegram.Say(sim.Message{Chat: person, Person: person, Text: command})
		return
	}
	id := c.town.telegram.PressData(person, said[len(said)-1].ID, person, "1:nothing")
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.pressed[id] = began
}

// said are the bot's messages to a person.
func (c *crowd) said(person int64) []sim.Shown {
	return slices.DeleteFunc(c.town.telegram.Messages(person), func(m sim.Shown) bool { return !m.Bot })
}

// answered is how many messages were written; each is answered with one.
func (c *crowd) answered() int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	count := 0
	for _, written := range c.written {
		count += len(written)
	}
	return count
}

// end lets nobody write or press any more.
func (c *crowd) end() {
	close(c.stop)
	c.working.Wait()
}

// allAnswered tells whether every act has its answer.
func (c *crowd) allAnswered() bool {
	_, _, unanswered := c.waits()
	return unanswered == 0
}

// waits are how long presses and messages waited until their answer was at
// Telegram, the shortest first, and how many have none.
func (c *crowd) waits() (toasts, answers []time.Duration, unanswered int) {
	toastAt := make(map[string]time.Time)
	answerAt := make(map[int64][]time.Time)
	for _, call := range c.town.telegram.Calls() {
		switch {
		case call.Outcome != "200":
		case call.Method == "answerCallbackQuery":
			toastAt[call.Params["callback_query_id"]] = call.At
		case call.Method == "sendMessage":
			answerAt[call.Chat] = append(answerAt[call.Chat], call.At)
		}
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for id, began := range c.pressed {
		if at, known := toastAt[id]; known {
			toasts = append(toasts, at.Sub(began))
		} else {
			unanswered++
		}
	}
	for person, written := range c.written {
		for turn, began := range written {
			if turn < len(answerAt[person]) {
				answers = append(answers, answerAt[person][turn].Sub(began))
			} else {
				unanswered++
			}
		}
	}
	slices.Sort(toasts)
	slices.Sort(answers)
	return toasts, answers, unanswered
}

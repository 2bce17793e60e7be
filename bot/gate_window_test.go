package bot

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/store"
)

// TestNoSecondHoldsMoreThanTelegramTakes lets requests arrive at any moment
// between being sent and being answered, and the network halt now and then.
func TestNoSecondHoldsMoreThanTelegramTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, random := newGate(true), rand.New(rand.NewPCG(7, 0))
		var mutex sync.Mutex
		var arrived []time.Time
		began := time.Now()
		var working sync.WaitGroup
		for range 600 {
			onTheWay, back := time.Duration(random.IntN(60))*time.Millisecond, time.Duration(random.IntN(60))*time.Millisecond
			row := store.Queued{Priority: store.PriorityBroadcast, Messages: 1 + random.IntN(2)*random.IntN(4)}
			working.Go(func() {
				if !g.enter(t.Context(), row, nil, nil) {
					return
				}
				time.Sleep(onTheWay)
				if halted := time.Since(began) % (3 * time.Second); halted < 700*time.Millisecond {
					time.Sleep(700*time.Millisecond - halted) // all that was sent meanwhile arrives together
				}
				mutex.Lock()
				for range row.Messages {
					arrived = append(arrived, time.Now())
				}
				mutex.Unlock()
				time.Sleep(back)
				g.heard(row.Messages)
				g.leave()
			})
		}
		working.Wait()
		slices.SortFunc(arrived, time.Time.Compare)
		for at := overallLimit.messages; at < len(arrived); at++ {
			if span := arrived[at].Sub(arrived[at-overallLimit.messages]); span < time.Second {
				t.Fatalf("%d messages arrived within %s", overallLimit.messages+1, span)
			}
		}
		if rate := float64(len(arrived)) / time.Since(began).Seconds(); rate < 18 {
			t.Errorf("only %.1f messages a second", rate)
		}
		if g.window.underWay != 0 {
			t.Errorf("%d messages are under way for ever", g.window.underWay)
		}
	})
}

// TestWithoutLimitsNothingIsRemembered: a program that keeps no limits for months
// keeps no list of what it sent either.
func TestWithoutLimitsNothingIsRemembered(t *testing.T) {
	g, row := newGate(false), store.Queued{Priority: store.PriorityBroadcast, Messages: 1}
	for range 3 * overallLimit.messages {
		if !g.enter(t.Context(), row, nil, nil) {
			t.Fatal("no place")
		}
		g.heard(1)
		g.leave()
	}
	if count := len(g.window.answered) + g.window.underWay; count != 0 {
		t.Errorf("%d messages are remembered", count)
	}
}

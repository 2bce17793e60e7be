package bot

import (
	"sync/atomic"
	"time"

	"github.com/rembuk/rembuk/store"
)

// counters are for the operator.
type counters struct {
	broken  atomic.Int64 // the line broke after a request went out
	tooMany atomic.Int64 // Telegram asked for patience
	sends   [store.PriorityBroadcast + 1][len(outcomes)]atomic.Int64
}

// Broken counts how often the line broke after a request had gone out, and
// TooMany how often Telegram asked for patience, since the program started.
func (b *Bot) Broken() int64  { return b.counters.broken.Load() }
func (b *Bot) TooMany() int64 { return b.counters.tooMany.Load() }

// outcomes of an attempt to send: it arrived; it is tried again; it will not be; it is
// not known, as the line broke after the request had gone out.
var outcomes = [...]string{"sent", "later", "never", "unknown"}

// Sends is how many attempts to send what has a priority ended in one way, since
// the program started.
type Sends struct {
	Priority, Outcome string
	Count             int64
}

// priorities are the names of store's priorities.
var priorities = [...]string{store.PriorityPress: "press", store.PriorityAnswer: "answer", store.PriorityReminder: "reminder", store.PriorityBroadcast: "broadcast"}

// Sends lists every priority with every outcome, also those that never happened.
func (b *Bot) Sends() []Sends {
	var all []Sends
	for priority, name := range priorities {
		for outcome, word := range outcomes {
			all = append(all, Sends{name, word, b.counters.sends[priority][outcome].Load()})
		}
	}
	return all
}

// countSend counts an attempt whose outcome was kept.
func (b *Bot) countSend(out store.Outgoing, ended ending) {
	outcome := 1
	switch {
	case ended == endedSent:
		outcome = 0
	case ended == endedNever:
		outcome = 2
	case ended == endedUnknown && out.Attempts > 0:
		outcome = 3
	}
	b.counters.sends[out.Priority][outcome].Add(1)
}

// stopwatch starts to measure how long updates take from being taken up to being
// committed. What it gives is to be called when so many were.
func (b *Bot) stopwatch() func(updates int) {
	if b.Handled == nil {
		return func(int) {}
	}
	began := time.Now()
	return func(updates int) {
		took := time.Since(began)
		for range updates {
			b.Handled(took)
		}
	}
}

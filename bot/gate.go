package bot

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/rembuk/rembuk/store"
)

// Over all chats Telegram takes 30 messages a second, see window, which keeps that
// whatever happens. Answers leave as soon as it lets them; what nobody waits for leaves one
// after the other at the same rate, so that there is room for an answer at any
// moment of a second. Where a network or a machine halts for a moment, requests
// arrive together that were sent one after another: whatever has not been answered
// counts.
const (
	calmPerSecond = 30
	calmBurst     = 3

	// requestsAtOnce is how many requests may be under way.
	requestsAtOnce = 32
)

// gate lets requests through: at most so many at once, at most so many a
// second, and whoever has the higher priority first.
type gate struct {
	limits bool

	mutex   sync.Mutex
	free    int
	calm    *rate.Limiter // for what nobody waits for
	window  window
	waiting waiters
	paces   map[int64]*pace
	crowded int // so many paces are looked through
	closed  int // how many keep everybody waiting
	timer   *time.Timer
	order   int
}

func newGate(limits bool) *gate {
	return &gate{limits: limits, free: requestsAtOnce, calm: rate.NewLimiter(calmPerSecond, calmBurst), window: window{limit: overallLimit}, paces: make(map[int64]*pace)}
}

type waiter struct {
	priority store.Priority
	messages int // as many as it is in the limits
	order    int
	index    int
	through  chan struct{}
}

// enter waits for a place and tells whether there is one; false when the
// context ended. While it waits, nudged makes it ask priority again.
func (g *gate) enter(ctx context.Context, first store.Queued, nudged <-chan struct{}, priority func() store.Priority) bool {
	w := g.join(first)
	for {
		select {
		case <-w.through:
			return true
		case <-nudged:
			g.raise(w, priority())
		case <-ctx.Done():
			return g.giveUp(w)
		}
	}
}

// enterAtOnce takes a place if there is one without waiting.
func (g *gate) enterAtOnce(row store.Queued) bool {
	w := g.join(row)
	select {
	case <-w.through:
		return true
	default:
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if w.index < 0 {
		return true // let through in this very moment
	}
	heap.Remove(&g.waiting, w.index)
	return false
}

func (g *gate) join(row store.Queued) *waiter {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.order++
	w := &waiter{priority: row.Priority, messages: counted(row), order: g.order, through: make(chan struct{})}
	heap.Push(&g.waiting, w)
	g.admit()
	return w
}

func (g *gate) raise(w *waiter, priority store.Priority) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if w.index >= 0 && priority < w.priority {
		w.priority = priority
		heap.Fix(&g.waiting, w.index)
	}
}

// giveUp leaves the line. Whoever was let through in the same moment gives the place back.
func (g *gate) giveUp(w *waiter) bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if w.index >= 0 {
		heap.Remove(&g.waiting, w.index)
	} else {
		g.back(w.messages)
	}
	return false
}

// giveBack gives back a place for a row that has not been sent.
func (g *gate) giveBack(row store.Queued) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.back(counted(row))
}

func (g *gate) back(messages int) {
	g.free++
	if g.limits {
		g.window.underWay -= messages
	}
	g.admit()
}

// heard notes that so many messages have been answered, leave that their place is free.
func (g *gate) heard(messages int) {
	if !g.limits {
		return
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.window.end(messages, time.Now())
	g.admit()
}

// unused notes that so many messages have not been sent after all.
func (g *gate) unused(messages int) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.limits {
		g.window.underWay -= messages
	}
}

func (g *gate) leave() {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.free++
	g.admit()
}

// closeWhile lets nobody through while f runs.
func (g *gate) closeWhile(f func()) {
	g.mutex.Lock()
	g.closed++
	g.mutex.Unlock()
	f()
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.closed--
	g.admit()
}

// admit lets through whoever may go now. The mutex is held.
func (g *gate) admit() {
	for g.free > 0 && g.closed == 0 && len(g.waiting) > 0 {
		first := g.waiting[0]
		if opens, may := g.may(first, time.Now()); !may {
			if opens > 0 {
				g.wake(opens)
			} // else somebody has to be answered before
			return
		}
		g.free--
		heap.Pop(&g.waiting)
		if g.limits {
			g.window.underWay += first.messages
		}
		close(first.through)
	}
}

// may tells whether the limits let somebody go; if not, when it is worth asking again.
func (g *gate) may(w *waiter, now time.Time) (opens time.Duration, may bool) {
	if !g.limits || w.messages == 0 {
		return 0, true
	}
	if room, opens := g.window.room(w.messages, g.window.messages, now); !room {
		return opens, false
	}
	if awaited(w.priority) {
		return 0, true
	}
	if wait := lacking(g.calm, w.messages, now); wait > 0 {
		return wait, false
	}
	owe(g.calm, w.messages, now)
	return 0, true
}

func (g *gate) wake(delay time.Duration) {
	if g.timer != nil {
		g.timer.Stop()
	}
	g.timer = time.AfterFunc(delay, func() {
		g.mutex.Lock()
		defer g.mutex.Unlock()
		g.admit()
	})
}

type waiters []*waiter

func (w waiters) Len() int { return len(w) }
func (w waiters) Less(i, j int) bool {
	if w[i].priority != w[j].priority {
		return w[i].priority < w[j].priority
	}
	return w[i].order < w[j].order
}
func (w waiters) Swap(i, j int) {
	w[i], w[j] = w[j], w[i]
	w[i].index, w[j].index = i, j
}
func (w *waiters) Push(x any) {
	added := x.(*waiter)
	added.index = len(*w)
	*w = append(*w, added)
}
func (w *waiters) Pop() any {
	last := len(*w) - 1
	removed := (*w)[last]
	removed.index = -1
	*w = (*w)[:last]
	return removed
}

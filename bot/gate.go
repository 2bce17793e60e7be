package bot

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/rembuk/rembuk/store"
)

// Telegram's limits are 30 messages a second over all chats, 20 a minute to a
// group, and about one a second to a person, of whom a few seconds are counted
// together. A bucket that holds B and is filled with R lets N out in no less than
// (N-B)/R: the thirty-first message after 1.12 seconds, a group's twenty-first
// after 64, a person's sixth after six. What this is above the limit's own span
// is for requests that arrive closer together than they were sent. An album is
// as many messages as it has files: it waits until as many may leave as the bucket
// holds, and what it has more leaves the bucket in debt.
//
// Where a network or a machine halts for a moment, requests arrive together that
// were sent one after another. So whatever has not been answered, or was answered
// within the last second, counts as well, see window.
const (
	overallPerSecond = 24
	overallBurst     = 4
	privatePerSecond = 0.5
	privateBurst     = 3
	groupPerMinute   = 14
	groupBurst       = 6

	// requestsAtOnce is how many requests may be under way.
	requestsAtOnce = 32
)

// gate lets requests through: at most so many at once, at most so many a
// second, and whoever has the higher priority first.
type gate struct {
	limits bool

	mutex   sync.Mutex
	free    int
	overall *rate.Limiter
	window  window
	waiting waiters
	paces   map[int64]*pace
	closed  int // how many keep everybody waiting
	timer   *time.Timer
	order   int
}

func newGate(limits bool) *gate {
	return &gate{limits: limits, free: requestsAtOnce, overall: rate.NewLimiter(overallPerSecond, overallBurst), paces: make(map[int64]*pace)}
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
		g.free++
		if g.limits {
			g.window.underWay -= w.messages
		}
		g.admit()
	}
	return false
}

// owe counts messages that left though there was no room for them.
func (g *gate) owe(messages int) {
	if !g.limits {
		return
	}
	owe(g.overall, messages)
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.window.underWay += max(0, messages)
}

// leave gives the place back that was taken for this row.
func (g *gate) leave(row store.Queued) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.free++
	if g.limits {
		g.window.end(counted(row), time.Now())
	}
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
		if g.limits && g.waiting[0].priority != store.PriorityPress {
			messages := g.waiting[0].messages
			room, opens := g.window.room(messages, time.Now())
			if !room && opens == 0 {
				return // somebody has to leave before
			}
			if !room {
				g.wake(opens)
				return
			}
			if delay := take(g.overall, messages); delay > 0 {
				g.wake(delay)
				return
			}
		}
		g.free--
		w := heap.Pop(&g.waiting).(*waiter)
		if g.limits {
			g.window.underWay += w.messages
		}
		close(w.through)
	}
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

// pace keeps the limits of one chat. It outlives the chat's queue, so that
// emptying the queue does not forget what was just sent.
type pace struct{ limiter *rate.Limiter }

// paceOf gives the pace of a chat: groups have negative ids.
func (g *gate) paceOf(chatID int64) *pace {
	if !g.limits {
		return &pace{}
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	known, found := g.paces[chatID]
	if !found {
		g.forgetIdle()
		known = &pace{limiter: rate.NewLimiter(privatePerSecond, privateBurst)}
		if chatID < 0 {
			known.limiter = rate.NewLimiter(rate.Every(time.Minute/groupPerMinute), groupBurst)
		}
		g.paces[chatID] = known
	}
	return known
}

// pacesKept is how many chats' paces are remembered before the idle ones are forgotten.
const pacesKept = 4096

func (g *gate) forgetIdle() {
	if len(g.paces) < pacesKept {
		return
	}
	for chatID, known := range g.paces {
		if known.limiter.Tokens() >= float64(known.limiter.Burst()) {
			delete(g.paces, chatID)
		}
	}
}

// free tells whether so many messages may be written to the chat now, and counts
// that as done.
func (p *pace) free(messages int) bool { return p.limiter == nil || take(p.limiter, messages) == 0 }

// wait waits until so many messages may be written to the chat; false when the
// context ended.
func (p *pace) wait(ctx context.Context, messages int) bool {
	if p.limiter == nil {
		return true
	}
	if p.limiter.WaitN(ctx, min(messages, p.limiter.Burst())) != nil {
		return false
	}
	owe(p.limiter, messages-p.limiter.Burst())
	return true
}

// owe counts messages that left though there was no room for them.
func (p *pace) owe(messages int) {
	if p.limiter != nil {
		owe(p.limiter, messages)
	}
}

// take takes the room of so many messages out of a bucket, or says how long it
// takes until the bucket holds enough.
func take(bucket *rate.Limiter, messages int) time.Duration {
	reservation := bucket.ReserveN(time.Now(), min(messages, bucket.Burst()))
	if delay := reservation.Delay(); delay > 0 {
		reservation.Cancel()
		return delay
	}
	owe(bucket, messages-bucket.Burst())
	return 0
}

func owe(bucket *rate.Limiter, messages int) {
	for range messages {
		bucket.Reserve()
	}
}

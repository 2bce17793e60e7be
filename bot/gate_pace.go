package bot

import (
	"context"
	"time"

	"golang.org/x/time/rate"

	"github.com/rembuk/rembuk/store"
)

// pace keeps the limits of one chat. It outlives the chat's queue, so that
// emptying the queue does not forget what was just sent. What nobody waits for,
// reminders and broadcasts, takes only a share of the limit, and not all of that at
// once: whoever asks something meanwhile has an answer without waiting.
type pace struct {
	limited bool
	window  window
	share   int           // of the limit, for what nobody waits for
	calm    *rate.Limiter // for the same
	users   int           // how many queues have it; the gate's mutex keeps it
}

// The shares, and how fast these are used up.
const (
	groupShare       = 14
	groupBurst       = 6
	groupPerMinute   = 14
	privateShare     = 3
	privateBurst     = 3
	privatePerSecond = 0.6
)

func newPace(chatID int64) *pace {
	if chatID < 0 {
		return &pace{limited: true, window: window{limit: groupLimit}, share: groupShare, calm: rate.NewLimiter(rate.Every(time.Minute/groupPerMinute), groupBurst)}
	}
	return &pace{limited: true, window: window{limit: privateLimit}, share: privateShare, calm: rate.NewLimiter(privatePerSecond, privateBurst)}
}

// awaited tells whether somebody waits for a row.
func awaited(priority store.Priority) bool { return priority <= store.PriorityAnswer }

// delay is how long a row has to wait for the limits of its chat.
func (p *pace) delay(row store.Queued, now time.Time) time.Duration {
	messages := counted(row)
	if !p.limited || messages == 0 {
		return 0
	}
	most := p.window.messages
	if !awaited(row.Priority) {
		most = p.share
		if wait := lacking(p.calm, messages, now); wait > 0 {
			return wait
		}
	}
	room, opens := p.window.room(messages, most, now)
	if room {
		return 0
	}
	return max(opens, time.Millisecond)
}

// begin counts what leaves now, and end that it has been answered.
func (p *pace) begin(row store.Queued, now time.Time) {
	if !p.limited {
		return
	}
	p.window.underWay += counted(row)
	if !awaited(row.Priority) {
		owe(p.calm, counted(row), now)
	}
}

func (p *pace) end(row store.Queued, now time.Time) {
	if p.limited {
		p.window.end(counted(row), now)
	}
}

// unused takes back what begin counted in the limit.
func (p *pace) unused(row store.Queued) {
	if p.limited {
		p.window.underWay -= counted(row)
	}
}

// recall counts a message of before the program began.
func (p *pace) recall(at time.Time) {
	p.window.answered = append(p.window.answered, answeredMessages{at.Add(p.window.counts()), 1})
	owe(p.calm, 1, at)
}

// rests tells whether nothing is counted any more.
func (p *pace) rests(now time.Time) bool {
	room, _ := p.window.room(p.window.messages, p.window.messages, now)
	return room && p.calm.TokensAt(now) >= float64(p.calm.Burst())
}

// lacking is how long it takes until a bucket holds so many messages, or is full.
func lacking(bucket *rate.Limiter, messages int, now time.Time) time.Duration {
	tokens := float64(min(messages, bucket.Burst())) - bucket.TokensAt(now)
	if tokens <= 0 {
		return 0
	}
	return time.Duration(tokens/float64(bucket.Limit())*float64(time.Second)) + time.Microsecond
}

// owe takes so many messages out of a bucket, which may leave it in debt.
func owe(bucket *rate.Limiter, messages int, now time.Time) {
	for range messages {
		bucket.ReserveN(now, 1)
	}
}

// paceOf gives the pace of a chat to a queue, which must release it.
func (g *gate) paceOf(chatID int64) *pace {
	if !g.limits {
		return &pace{}
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	known, found := g.paces[chatID]
	if !found {
		g.forgetResting()
		known = newPace(chatID)
		g.paces[chatID] = known
	}
	known.users++
	return known
}

func (g *gate) release(p *pace) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	p.users--
}

// pacesKept is how many chats' paces are remembered before the resting ones are forgotten.
const pacesKept = 4096

func (g *gate) forgetResting() {
	if len(g.paces) < max(pacesKept, g.crowded) {
		return
	}
	now := time.Now()
	for chatID, known := range g.paces {
		if known.users == 0 && known.rests(now) {
			delete(g.paces, chatID)
		}
	}
	g.crowded = 2 * len(g.paces)
}

// ticket is what a row has at the gate and in the limits of its chat from being let
// through until it leaves.
type ticket struct {
	gate     *gate
	pace     *pace // nil for what stands apart from its chat's order
	row      store.Queued
	answered bool
}

// enter waits for its turn; nil when the context ended.
func (s *sender) enter(ctx context.Context, row store.Queued) *ticket {
	if !s.gate.enter(ctx, row, nil, nil) {
		return nil
	}
	return s.take(nil, row)
}

// take makes a ticket of having been let through.
func (s *sender) take(pace *pace, row store.Queued) *ticket {
	if pace != nil {
		pace.begin(row, time.Now())
	}
	return &ticket{gate: s.gate, pace: pace, row: row}
}

// heard notes that Telegram has answered, or never will: from now on the limits count.
func (t *ticket) heard() {
	if t.answered {
		return
	}
	t.answered = true
	if t.pace != nil {
		t.pace.end(t.row, time.Now())
	}
	t.gate.heard(counted(t.row))
}

// unused notes that nothing has been sent after all.
func (t *ticket) unused() {
	t.answered = true
	if t.pace != nil {
		t.pace.unused(t.row)
	}
	t.gate.unused(counted(t.row))
}

func (t *ticket) leave() {
	t.heard()
	t.gate.leave()
}

package bot

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/store"
)

// scheduled is one row of a schedule: when it is queued, and what became of it.
type scheduled struct {
	chat     int64
	priority store.Priority
	messages int
	queued   time.Duration // after the beginning
	there    time.Duration // how long it takes to Telegram
	back     time.Duration // and its answer

	came, admitted, arrived, answered time.Time
}

// writtenDown is how long the outcome of a request takes to be kept.
const writtenDown = 10 * time.Millisecond

// drawSchedule makes any schedule of rows: few chats and many, bursts and trickles, albums.
func drawSchedule(t *rapid.T) []*scheduled {
	chats := rapid.Int64Range(1, 60).Draw(t, "chats")
	var rows []*scheduled
	at := time.Duration(0)
	for range rapid.IntRange(1, 120).Draw(t, "rows") {
		at += time.Duration(rapid.SampledFrom([]int{0, 0, 0, 0, 5, 40, 300, 9000}).Draw(t, "pause")) * time.Millisecond
		chat := rapid.Int64Range(1, chats).Draw(t, "chat")
		if chat%2 == 0 {
			chat = -chat
		}
		row := &scheduled{
			chat: chat, queued: at, messages: 1,
			priority: store.Priority(rapid.IntRange(int(store.PriorityAnswer), int(store.PriorityBroadcast)).Draw(t, "priority")),
			there:    time.Duration(rapid.IntRange(0, 80).Draw(t, "there")) * time.Millisecond,
			back:     time.Duration(rapid.IntRange(0, 80).Draw(t, "back")) * time.Millisecond,
		}
		if !awaited(row.priority) {
			row.messages = rapid.SampledFrom([]int{1, 1, 1, 3, 10}).Draw(t, "messages")
		}
		rows = append(rows, row)
	}
	return rows
}

// play lets the rows through a gate and the paces of their chats, as the sender does.
func play(rows []*scheduled) {
	s, began := &sender{gate: newGate(true)}, time.Now()
	var working sync.WaitGroup
	lines := make(map[int64]chan *scheduled)
	for _, row := range rows {
		if lines[row.chat] == nil {
			line := make(chan *scheduled, len(rows))
			lines[row.chat] = line
			working.Go(func() {
				pace := s.gate.paceOf(row.chat)
				defer s.gate.release(pace)
				for next := range line {
					next.send(s, pace)
				}
			})
		}
	}
	for _, row := range rows {
		time.Sleep(time.Until(began.Add(row.queued)))
		row.came = time.Now()
		lines[row.chat] <- row
	}
	for _, line := range lines {
		close(line)
	}
	working.Wait()
}

func (r *scheduled) send(s *sender, pace *pace) {
	row := store.Queued{ChatID: r.chat, Kind: store.KindMessage, Priority: r.priority, Messages: r.messages}
	for wait := pace.delay(row, time.Now()); wait > 0; wait = pace.delay(row, time.Now()) {
		time.Sleep(wait)
	}
	s.gate.enter(context.Background(), row, nil, nil)
	ticket := s.take(pace, row)
	r.admitted = time.Now()
	time.Sleep(r.there)
	r.arrived = time.Now()
	time.Sleep(r.back)
	r.answered = time.Now()
	ticket.heard()
	time.Sleep(writtenDown)
	ticket.leave()
}

// TestAnyScheduleKeepsTelegramsLimits: whatever is queued when, no second and no
// minute holds more than Telegram takes; and what somebody waits for does not
// wait while it may go.
func TestAnyScheduleKeepsTelegramsLimits(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rows := drawSchedule(rt)
		synctest.Test(t, func(*testing.T) { play(rows) })
		byChat := make(map[int64][]*scheduled)
		for _, row := range rows {
			byChat[row.chat] = append(byChat[row.chat], row)
		}
		if span := tightest(rows, overallLimit); span < overallLimit.span {
			rt.Errorf("%d messages arrived within %s", overallLimit.messages+1, span)
		}
		for chat, own := range byChat {
			if span := tightest(own, limitOf(chat)); span < limitOf(chat).span {
				rt.Errorf("%d messages arrived in chat %d within %s", limitOf(chat).messages+1, chat, span)
			}
			for at, row := range own {
				if awaited(row.priority) && row.idled(rows, own, own[:at]) {
					rt.Errorf("an answer in chat %d, queued after %s, waited though it might go", chat, row.queued)
				}
			}
		}
	})
}

// tightest is the shortest span within which more arrived than a limit lets; an album
// that is more than that by itself counts as all that may arrive.
func tightest(rows []*scheduled, of limit) time.Duration {
	var arrived []time.Time
	for _, row := range rows {
		for range min(row.messages, of.messages) {
			arrived = append(arrived, row.arrived)
		}
	}
	slices.SortFunc(arrived, time.Time.Compare)
	shortest := of.span
	for at := of.messages; at < len(arrived); at++ {
		shortest = min(shortest, arrived[at].Sub(arrived[at-of.messages]))
	}
	return shortest
}

// idled tells whether a row was not let through although a moment before neither
// its chat nor all chats together were at their limit, as far as the program can know.
func (r *scheduled) idled(rows, own, before []*scheduled) bool {
	moment := r.admitted.Add(-2 * time.Millisecond)
	for _, other := range before { // those of one chat leave one after the other
		if !other.answered.Add(writtenDown + time.Millisecond).Before(moment) {
			return false
		}
	}
	return r.came.Before(moment) && r.counted(rows, overallLimit, moment) < overallLimit.messages &&
		r.counted(own, limitOf(r.chat), moment) < limitOf(r.chat).messages
}

// counted is how many messages of others count at a moment.
func (r *scheduled) counted(others []*scheduled, of limit, moment time.Time) int {
	count := 0
	for _, other := range others {
		span := of.counts() * time.Duration(max(other.messages, of.messages)) / time.Duration(of.messages)
		if other != r && !other.admitted.After(r.admitted) && other.answered.Add(span).After(moment) {
			count += other.messages
		}
	}
	return count
}

func limitOf(chat int64) limit {
	if chat < 0 {
		return groupLimit
	}
	return privateLimit
}

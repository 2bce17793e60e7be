package bot

import (
	"container/heap"
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rembuk/rembuk/store"
)

// sender empties the outbox. The rows are in the database; in memory there is
// only, chat by chat, which of them wait and in what order.
type sender struct {
	bot    *Bot
	ctx    context.Context
	inHand context.Context // of requests under way: it ends later than ctx
	gate   *gate

	mutex   sync.Mutex
	chats   map[int64]*chatQueue
	grown   map[int64]int64 // groups that became supergroups while the program runs
	ended   bool
	working sync.WaitGroup
	trouble map[int64]*pause // of files that could not be fetched
	places  chan struct{}    // for files that are being fetched
	doubted chan struct{}    // holds one place: what may have arrived already is sent one at a time, see alone

	answers atomic.Int64 // to presses, that are not sent yet

	probing chan struct{} // holds one place: who has it looks whether the line works
	worked  time.Time     // when a probe last succeeded
}

// chatQueue holds what waits for one chat. It is worked by one goroutine, so
// that messages of a chat leave in order.
type chatQueue struct {
	chatID  int64
	rows    rowHeap
	pace    *pace
	until   time.Time     // nothing is sent to this chat before
	trouble *pause        // grows while what is sent to this chat does not succeed
	nudged  chan struct{} // a row was added while the worker waits
	ticket  *ticket       // that was taken at once
}

func newSender(bot *Bot, limits bool) *sender {
	return &sender{bot: bot, gate: newGate(limits), chats: make(map[int64]*chatQueue), grown: make(map[int64]int64),
		trouble: make(map[int64]*pause), places: make(chan struct{}, fetchesAtOnce), doubted: make(chan struct{}, 1), probing: make(chan struct{}, 1)}
}

// add takes notice of rows that wait. It returns at once. When the program is
// ending they wait in the database for the next one.
func (s *sender) add(rows []store.Queued) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.ended {
		return
	}
	for _, row := range rows {
		if standsApart(row) {
			if row.Kind == store.KindAnswer {
				s.answers.Add(1)
			}
			s.working.Go(func() { s.sendApart(row) })
			continue
		}
		s.push(row)
	}
}

// standsApart tells whether a row stands outside the order of its chat: an answer
// to a press, for which nobody waits but the one who pressed, a file to be
// fetched, which holds nobody up, what is to be removed for good, and the closing of a
// poll, which is no message and whose time is over.
func standsApart(row store.Queued) bool {
	return row.Kind == store.KindFetch || row.Kind == store.KindForget || row.Kind == store.KindCompact || row.Kind == store.KindStopPoll || row.Kind == store.KindAnswer && row.NotBefore.IsZero()
}

func (s *sender) push(row store.Queued) {
	if after, moved := s.grown[row.ChatID]; moved {
		row.ChatID = after
	}
	queue, busy := s.chats[row.ChatID]
	if !busy {
		queue = s.newQueue(row.ChatID)
		s.chats[row.ChatID] = queue
		s.working.Go(func() { s.work(queue) })
	}
	if row.NotBefore.After(queue.until) {
		queue.until = row.NotBefore
	}
	heap.Push(&queue.rows, row)
	select {
	case queue.nudged <- struct{}{}:
	default:
	}
}

func (s *sender) newQueue(chatID int64) *chatQueue {
	return &chatQueue{chatID: chatID, pace: s.gate.paceOf(chatID), trouble: newPause(), nudged: make(chan struct{}, 1)}
}

// moved takes what waits for a group to the id it has as a supergroup, so that
// it leaves there in order.
func (s *sender) moved(before, after int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if before == after {
		return
	}
	s.grown[before] = after // for what is in hand and comes back
	queue, waits := s.chats[before]
	if !waits {
		return
	}
	if s.chats[after] == nil {
		delete(s.chats, before)
		s.chats[after], queue.chatID, queue.pace = queue, after, s.gate.paceOf(after)
		return
	}
	rows := queue.rows
	queue.rows = nil
	for _, row := range rows {
		s.push(row)
	}
}

// end lets nobody begin any more and waits for those at work.
func (s *sender) end() {
	s.mutex.Lock()
	s.ended = true
	s.mutex.Unlock()
	s.working.Wait()
}

// work sends what waits for one chat, and ends when nothing does.
func (s *sender) work(queue *chatQueue) {
	for {
		next, pace, until, more := s.peek(queue)
		if !more {
			return
		}
		if time.Until(until) > 0 {
			wait(s.ctx, time.Until(until))
			continue
		}
		if delay := pace.delay(next, time.Now()); delay > 0 {
			s.rest(queue, delay)
			continue
		}
		done := s.alone(next)
		s.sendNext(queue, pace, next)
		done()
	}
}

// sendNext sends what is first in a chat once there is a place for the row that
// was seen there.
func (s *sender) sendNext(queue *chatQueue, pace *pace, next store.Queued) {
	if !s.gate.enter(s.ctx, next, queue.nudged, func() store.Priority { return s.first(queue) }) {
		return
	}
	row, more := s.pop(queue, next.Messages)
	if !more { // what has come before it meanwhile needs more room
		s.gate.giveBack(next)
		return
	}
	ticket := s.take(pace, next)
	s.send(row, queue.trouble, ticket)
	ticket.leave()
}

// rest waits until there is something else to look at, or for a while.
func (s *sender) rest(queue *chatQueue, length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-queue.nudged:
	case <-s.ctx.Done():
	}
}

// alone waits, for a row that may have arrived already, until no other such row is on
// the wire. A row for which the line breaks twice is given up; were all of them sent at once,
// a line that breaks again, or a second kill, would take all of them.
func (s *sender) alone(row store.Queued) (done func()) {
	if !row.Again {
		return func() {}
	}
	select {
	case s.doubted <- struct{}{}:
		return func() { <-s.doubted }
	case <-s.ctx.Done():
		return func() {}
	}
}

func (s *sender) sendApart(row store.Queued) {
	if row.Kind == store.KindAnswer {
		defer s.answers.Add(-1)
	}
	if !row.NotBefore.IsZero() {
		wait(s.ctx, time.Until(row.NotBefore))
	}
	if row.Kind == store.KindFetch {
		select {
		case s.places <- struct{}{}:
			defer func() { <-s.places }()
		case <-s.ctx.Done():
			return
		}
	}
	if ticket := s.enter(s.ctx, row); ticket != nil {
		s.send(row, newPause(), ticket)
		ticket.leave()
	}
}

// peek tells what is next for a chat. The queue is closed when it is empty or
// the program is ending.
func (s *sender) peek(queue *chatQueue) (store.Queued, *pace, time.Time, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(queue.rows) == 0 || s.ctx.Err() != nil {
		delete(s.chats, queue.chatID)
		s.gate.release(queue.pace)
		return store.Queued{}, nil, time.Time{}, false
	}
	return queue.rows[0], queue.pace, queue.until, true
}

func (s *sender) first(queue *chatQueue) store.Priority {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(queue.rows) == 0 {
		return store.PriorityBroadcast
	}
	return queue.rows[0].Priority
}

// pop takes what is first for a chat, unless it is more messages than there is room for.
func (s *sender) pop(queue *chatQueue, room int) (store.Queued, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(queue.rows) == 0 || queue.rows[0].Messages > room {
		return store.Queued{}, false
	}
	return heap.Pop(&queue.rows).(store.Queued), true
}

// rowHeap orders rows by priority, then by age.
type rowHeap []store.Queued

func (h rowHeap) Len() int { return len(h) }
func (h rowHeap) Less(i, j int) bool {
	if h[i].Priority != h[j].Priority {
		return h[i].Priority < h[j].Priority
	}
	return h[i].ID < h[j].ID
}
func (h rowHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *rowHeap) Push(row any) { *h = append(*h, row.(store.Queued)) }
func (h *rowHeap) Pop() any {
	last := len(*h) - 1
	row := (*h)[last]
	*h = (*h)[:last]
	return row
}

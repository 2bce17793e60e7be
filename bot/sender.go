package bot

import (
	"container/heap"
	"context"
	"sync"
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
	place   store.Queued  // for which a place at the gate was taken at once
}

func newSender(bot *Bot, limits bool) *sender {
	return &sender{bot: bot, gate: newGate(limits), chats: make(map[int64]*chatQueue), grown: make(map[int64]int64),
		trouble: make(map[int64]*pause), places: make(chan struct{}, fetchesAtOnce), probing: make(chan struct{}, 1)}
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
		if !pace.wait(s.ctx, next.Messages) || !s.gate.enter(s.ctx, next, queue.nudged, func() store.Priority { return s.first(queue) }) {
			continue
		}
		if row, more := s.pop(queue); more {
			pace.owe(row.Messages - next.Messages) // another one has come before it meanwhile
			s.gate.owe(row.Messages - next.Messages)
			next.Messages = max(next.Messages, row.Messages)
			s.send(row, queue.trouble)
		}
		s.gate.leave(next)
	}
}

func (s *sender) sendApart(row store.Queued) {
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
	if s.gate.enter(s.ctx, row, nil, nil) {
		s.send(row, newPause())
		s.gate.leave(row)
	}
}

// peek tells what is next for a chat. The queue is closed when it is empty or
// the program is ending.
func (s *sender) peek(queue *chatQueue) (store.Queued, *pace, time.Time, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(queue.rows) == 0 || s.ctx.Err() != nil {
		delete(s.chats, queue.chatID)
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

func (s *sender) pop(queue *chatQueue) (store.Queued, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if len(queue.rows) == 0 {
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

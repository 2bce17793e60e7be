package sim

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"
)

// Updates wait this long for a bot that does not fetch them (Client.cpp of the Bot API server).
const (
	messageLife = 24 * time.Hour
	pressLife   = 150 * time.Second
)

// silentByDefault are the kinds of updates that Telegram sends only when they are asked for by name.
var silentByDefault = []string{"chat_member", "message_reaction", "message_reaction_count"}

type queuedUpdate struct {
	id        int64
	body      json.RawMessage
	expires   time.Time
	delivered bool
	again     bool // a repetition on order: not confirmed before it has been delivered
}

// remembered is how many confirmed updates stay at hand to be repeated.
const remembered = 1000

// queue holds what the bot has not confirmed. Its caller holds the Server's mutex.
type queue struct {
	waiting     []*queuedUpdate
	confirmed   []*queuedUpdate // the latest ones
	undelivered int
	first, next int64    // the number of the first update that ever came, and of the next one
	allowed     []string // nil: all but silentByDefault
	held        *heldPoll
	lastOffset  int64
	lastStart   time.Time
	lastEnd     time.Time // when a poll was last ended by another
}

// heldPoll is a getUpdates that waits for something to come.
type heldPoll struct {
	wake  chan struct{}
	ended chan struct{}
}

func (q *queue) begin() {
	q.first = 100000000 + rand.Int64N(500000000)
	q.next = q.first
}

// wants reports whether updates of the kind are queued at all.
func (q *queue) wants(kind string) bool {
	if q.allowed == nil {
		return !slices.Contains(silentByDefault, kind)
	}
	return slices.Contains(q.allowed, kind)
}

// put queues a ready update and wakes the poll that waits. The body must be a JSON object without update_id.
func (q *queue) put(fields []byte, expires time.Time) int64 {
	id := q.next
	q.next++
	body := make([]byte, 0, len(fields)+24)
	body = append(body, `{"update_id":`...)
	body = strconv.AppendInt(body, id, 10)
	if inner := fields[1:]; len(inner) > 1 {
		body = append(append(body, ','), inner...)
	} else {
		body = append(body, '}')
	}
	q.waiting = append(q.waiting, &queuedUpdate{id: id, body: body, expires: expires})
	q.undelivered++
	q.wake()
	return id
}

func (q *queue) wake() {
	if q.held != nil {
		q.held.look()
	}
}

// look makes a held poll see whether there is something for it.
func (p *heldPoll) look() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// confirm forgets what the offset confirms: everything below a positive one, all but the last -offset of a negative
// one. An offset more than ten past the end is not believed.
func (q *queue) confirm(offset int64) {
	below := offset
	switch {
	case offset == 0 || offset > q.next+10:
		return
	case offset < 0:
		first := len(q.waiting) + int(max(offset, -1<<30))
		if first <= 0 {
			return
		}
		below = q.waiting[first].id
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(update *queuedUpdate) bool {
		if update.id >= below || update.again && !update.delivered {
			return false
		}
		if !update.delivered {
			q.undelivered--
		}
		q.confirmed = append(q.confirmed, update)
		return true
	})
	if excess := len(q.confirmed) - remembered; excess > 0 {
		q.confirmed = slices.Delete(q.confirmed, 0, excess)
	}
}

// expire drops what nobody fetched in time.
func (q *queue) expire(now time.Time) {
	if q.undelivered == 0 {
		return
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(update *queuedUpdate) bool {
		old := !update.delivered && now.After(update.expires)
		if old {
			q.undelivered--
		}
		return old
	})
}

// take returns the first updates, oldest first, and remembers that they were delivered.
func (q *queue) take(limit int) []json.RawMessage {
	count := min(limit, len(q.waiting))
	bodies := make([]json.RawMessage, 0, count)
	for _, update := range q.waiting[:count] {
		if !update.delivered {
			update.delivered = true
			q.undelivered--
		}
		bodies = append(bodies, update.body)
	}
	return bodies
}

// emit queues an update of the kind if the bot wants such; the caller holds the mutex.
func (s *Server) emit(kind string, content any, life time.Duration) bool {
	if !s.queue.wants(kind) {
		return false
	}
	body := append([]byte(`{"`+kind+`":`), encode(content)...)
	s.queue.put(append(body, '}'), s.now().Add(life))
	s.changed()
	return true
}

// Inject queues any update, whatever its shape, and returns its update_id. rawUpdate must be a JSON object; an
// update_id in it is replaced, because the queue numbers.
func (s *Server) Inject(rawUpdate json.RawMessage) int64 {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(rawUpdate, &fields); err != nil {
		panic("sim: Inject needs a JSON object: " + err.Error())
	}
	delete(fields, "update_id")
	s.mutex.Lock()
	defer s.mutex.Unlock()
	id := s.queue.put(encode(fields), s.now().Add(messageLife))
	s.changed()
	return id
}

// LastUpdateID is the id of the newest update that was queued, 0 if there was none.
func (s *Server) LastUpdateID() int64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.queue.next == s.queue.first {
		return 0
	}
	return s.queue.next - 1
}

// Duplicate queues one of the latest updates once more under its own update_id, as it comes after a confirmation that
// got lost. It reports whether the update was still known.
func (s *Server) Duplicate(updateID int64) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, update := range slices.Concat(s.queue.waiting, s.queue.confirmed) {
		if update.id != updateID {
			continue
		}
		s.queue.waiting = slices.Insert(s.queue.waiting, 0, &queuedUpdate{
			id: update.id, body: update.body, expires: s.now().Add(messageLife), again: true})
		s.queue.undelivered++
		s.queue.wake()
		s.changed()
		return true
	}
	return false
}

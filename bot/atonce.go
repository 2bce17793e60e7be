package bot

import (
	"context"
	"runtime"
	"time"

	"github.com/rembuk/rembuk/store"
)

// notedLimit is with how many updates an answer may leave before the disk has them.
const notedLimit = 8

// answerAtOnce answers messages, for whose chats nothing waits, in the
// transaction that keeps them: whoever wrote waits for no second commit. When any of it
// does not work, nothing has happened, and the updates go the ordinary way, each for itself.
func (r *receiver) answerAtOnce(ctx context.Context, rows []store.Received, byID map[int64]arrival) (answered bool, err error) {
	var fresh []store.Received
	var taken []taken
	handled := r.bot.stopwatch()
	err = r.bot.store.Note(ctx, func(tx *store.Tx) (err error) {
		r.bot.out.giveBack(taken)
		taken = nil
		fresh, err = tx.ReceiveHandled(rows, time.Now())
		for _, row := range fresh {
			if err == nil {
				err = r.bot.answer(tx, byID[row.UpdateID])
			}
		}
		if err == nil {
			taken, err = r.bot.out.takeAtOnce(tx)
		}
		return err
	})
	if err != nil {
		r.bot.out.giveBack(taken)
		return false, nil
	}
	handled(len(fresh))
	err = r.sendKept(taken, len(rows) <= notedLimit)
	for _, row := range fresh {
		r.bot.handled(byID[row.UpdateID])
	}
	return true, err
}

// sendKept sends what was taken. A few answers leave before the disk has what they answer,
// for which the offset waits: were the power to fail in between, Telegram would deliver the
// messages again. Many wait for the disk; others may go on with the database meanwhile.
func (r *receiver) sendKept(taken []taken, few bool) error {
	if !few {
		if err := r.bot.store.Sync(); err != nil {
			r.bot.out.giveBack(taken)
			return err
		}
	}
	r.bot.out.sendAtOnce(taken)
	runtime.Gosched() // they are on their way before this thread waits
	return nil
}

// taken is a row that was taken for sending in the transaction that queued it,
// with the place it has in its chat's order and at the gate.
type taken struct {
	out   store.Outgoing
	queue *chatQueue
}

// takeAtOnce takes the rows queued in a transaction that could leave right away,
// so that sending them needs no transaction of its own to begin. Afterwards
// either sendAtOnce or giveBack must be called.
func (s *sender) takeAtOnce(tx *store.Tx) ([]taken, error) {
	var places []*chatQueue
	outs, err := tx.TakeQueued(func(row store.Queued) bool {
		queue := s.reserve(row)
		if queue != nil {
			places = append(places, queue)
		}
		return queue != nil
	})
	all := make([]taken, len(places))
	for i, queue := range places {
		all[i].queue = queue
		if err == nil {
			all[i].out = outs[i]
		}
	}
	return all, err
}

// reserve takes the place of a chat for which nothing waits; nil when something
// does, or when the limits ask for patience.
func (s *sender) reserve(row store.Queued) *chatQueue {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, moved := s.grown[row.ChatID]; moved || s.ended || s.chats[row.ChatID] != nil || standsApart(row) {
		return nil
	}
	queue := s.newQueue(row.ChatID)
	if queue.pace.delay(row, time.Now()) > 0 || !s.gate.enterAtOnce(row) {
		s.gate.release(queue.pace)
		return nil
	}
	s.chats[row.ChatID], queue.ticket = queue, s.take(queue.pace, row)
	return queue
}

// giveBack gives up places whose transaction was not kept.
func (s *sender) giveBack(all []taken) {
	for _, t := range all {
		t.queue.ticket.leave()
		s.working.Go(func() { s.work(t.queue) })
	}
}

// sendAtOnce sends what was taken, and then what has come to wait behind it.
func (s *sender) sendAtOnce(all []taken) {
	for _, t := range all {
		s.working.Go(func() {
			s.deliver(t.out, t.queue.trouble, t.queue.ticket)
			t.queue.ticket.leave()
			s.work(t.queue)
		})
	}
}

package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rembuk/rembuk/store"
)

// lanes hands updates to the conversations: those of one chat in order, chats
// side by side.
type lanes struct {
	bot     *Bot
	ctx     context.Context
	mutex   sync.Mutex
	waiting map[int64][]arrival
	working sync.WaitGroup
}

func newLanes(bot *Bot) *lanes {
	return &lanes{bot: bot, waiting: make(map[int64][]arrival)}
}

// add puts an update at the end of its chat's lane.
func (l *lanes) add(update arrival) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	queue, busy := l.waiting[update.chatID]
	l.waiting[update.chatID] = append(queue, update)
	if !busy {
		l.working.Go(func() { l.work(update.chatID) })
	}
}

func (l *lanes) work(chatID int64) {
	for {
		update, more := l.take(chatID)
		if !more {
			return
		}
		l.bot.handle(l.ctx, update)
	}
}

// take gives the next update of a chat. When there is none, or the program is
// ending, the lane is closed; what was not taken waits in the inbox.
func (l *lanes) take(chatID int64) (arrival, bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	queue := l.waiting[chatID]
	if len(queue) == 0 || l.ctx.Err() != nil {
		delete(l.waiting, chatID)
		return arrival{}, false
	}
	l.waiting[chatID] = queue[1:]
	return queue[0], true
}

// idle tells whether the updates are messages and nothing waits for their
// chats. It stays true while the receiver, who alone adds updates, adds none. A
// press is none of these: Telegram would not deliver it again for long.
func (l *lanes) idle(updates []arrival) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, update := range updates {
		if _, busy := l.waiting[update.chatID]; busy || update.failure != "" || update.update.Message == nil {
			return false
		}
	}
	return true
}

// handled is for what must be known in memory once an update is handled.
func (b *Bot) handled(update arrival) {
	if before, after, moved := migration(update.update.Message); moved {
		b.out.moved(before, after)
	}
}

// tries is how often an update may fall before it is set aside.
const tries = 3

// handle carries one update through, in one transaction. What fails for a
// reason of its own is set aside after three tries, so that it stops nobody;
// when the database does not work, nothing is lost by waiting.
func (b *Bot) handle(ctx context.Context, update arrival) {
	pause, handled := newPause(), b.stopwatch()
	for failures := 0; ctx.Err() == nil; {
		err := b.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return b.process(tx, update) })
		switch {
		case err == nil:
			handled(1)
			b.handled(update)
			return
		case errors.Is(err, store.ErrClosed):
			return
		case store.Unavailable(err):
			b.log.Error("the database does not take a change; trying again until it does", "update", update.id, "error", err.Error())
			wait(ctx, pause.next(err))
			continue
		}
		failures++
		b.explainFailure(update, err)
		if failures == tries {
			b.setAside(ctx, update, err)
			return
		}
		wait(ctx, 100*time.Millisecond)
	}
}

func (b *Bot) explainFailure(update arrival, err error) {
	var panicked *store.PanicError
	if errors.As(err, &panicked) {
		b.log.Error("an update made the program stumble", "update", update.id, "error", err.Error(), "stack", string(panicked.Stack))
		return
	}
	b.log.Error("an update could not be handled", "update", update.id, "error", err.Error())
}

// setAside takes an update out of everybody's way and tells the person, if
// there is one, that it did not work.
func (b *Bot) setAside(ctx context.Context, update arrival, cause error) {
	err := b.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if err := tx.SetAside(update.id, "failed", cause.Error()); err != nil {
			return err
		}
		if update.chatID == 0 {
			return nil
		}
		return tx.Queue(store.Outgoing{
			ChatID: update.chatID, ThreadID: update.thread(), Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: b.book.In("").Say("refused.set_aside")},
		}, time.Now())
	})
	if err != nil {
		b.log.Error("an update could not be set aside", "update", update.id, "error", err.Error())
	}
}

package bot

import (
	"context"
	"errors"
	"time"

	"github.com/rembuk/rembuk/store"
)

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
// when the database does not work, nothing is lost by waiting. It tells whether
// the update waits no longer: it does when the program is ending.
func (b *Bot) handle(ctx context.Context, update arrival) bool {
	if update.failure != "" { // another version of the program could read it
		b.setAside(ctx, update, undecodable, update.failure)
		return true
	}
	pause, handled := newPause(), b.stopwatch()
	for failures := 0; ctx.Err() == nil; {
		err := b.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return b.process(tx, update) })
		switch {
		case err == nil:
			handled(1)
			b.handled(update)
			return true
		case errors.Is(err, store.ErrClosed):
			return false
		case store.Unavailable(err):
			b.log.Error("the database does not take a change; trying again until it does", "update", update.id, "error", err.Error())
			wait(ctx, pause.next(err))
			continue
		}
		failures++
		b.explainFailure(update, err)
		if failures == tries {
			b.setAside(ctx, update, "failed", err.Error())
			return true
		}
		wait(ctx, 100*time.Millisecond)
	}
	return false
}

func (b *Bot) explainFailure(update arrival, err error) {
	var panicked *store.PanicError
	if errors.As(err, &panicked) {
		b.log.Error("an update made the program stumble", "update", update.id, "error", err.Error(), "stack", string(panicked.Stack))
		return
	}
	b.log.Error("an update could not be handled", "update", update.id, "error", err.Error())
}

// setAside takes an update out of everybody's way. Where it could be read, whoever wrote it
// is told that it did not work.
func (b *Bot) setAside(ctx context.Context, update arrival, kind, reason string) {
	err := b.store.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		if err := tx.SetAside(update.id, kind, reason); err != nil {
			return err
		}
		if update.chatID == 0 || kind == undecodable {
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

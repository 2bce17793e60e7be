package bot

import (
	"context"
	"errors"

	"github.com/rembuk/rembuk/store"
)

// takeUp gives updates with their texts, in the same order. It reads those from the inbox
// that are not at hand, and tells whether that worked before the program ends.
func (b *Bot) takeUp(ctx context.Context, some []waiting) ([]arrival, bool) {
	var absent []int64
	for _, update := range some {
		if update.atHand == nil {
			absent = append(absent, update.id)
		}
	}
	texts, read := b.texts(ctx, absent)
	if !read {
		return nil, false
	}
	updates := make([]arrival, len(some))
	for i, update := range some {
		switch text, waits := texts[update.id]; {
		case update.atHand != nil:
			updates[i] = *update.atHand
		case waits:
			updates[i] = b.decode(update.id, []byte(text))
		default:
			updates[i] = arrival{id: update.id} // handled already
		}
	}
	return updates, true
}

// texts reads what updates say, however long the database takes to let it.
func (b *Bot) texts(ctx context.Context, ids []int64) (texts map[int64]string, read bool) {
	if len(ids) == 0 {
		return nil, true
	}
	pause := newPause()
	for ctx.Err() == nil {
		err := b.store.View(context.WithoutCancel(ctx), func(tx *store.Tx) (err error) {
			texts, err = tx.WaitingTexts(ids)
			return err
		})
		if err == nil {
			return texts, true
		}
		if errors.Is(err, store.ErrClosed) {
			return nil, false
		}
		b.log.Error("what arrived cannot be read again; trying until it can", "error", err.Error())
		wait(ctx, pause.next(err))
	}
	return nil, false
}

// takenUpTogether is how many updates are read at once when the program starts.
const takenUpTogether = 200

// restoreWaiting puts the updates before the conversations that were received before the
// program's last end and not handled, and tells how many. Words are left alone until all
// are known, as presses may be among the last ones.
func (b *Bot) restoreWaiting(ctx context.Context) (count int, err error) {
	defer b.lanes.leaveWords(false)
	for last, more := int64(0), true; more; {
		b.lanes.leaveWords(true)
		var rows []store.Received
		err := b.store.View(ctx, func(tx *store.Tx) (err error) {
			rows, err = tx.Waiting(last, takenUpTogether)
			return err
		})
		if err != nil {
			return count, err
		}
		for _, row := range rows {
			last = row.UpdateID
			update := b.decode(row.UpdateID, []byte(row.Raw))
			if update.failure != "" {
				update.chatID = row.ChatID
			}
			b.lanes.add(update)
		}
		count += len(rows)
		more = len(rows) == takenUpTogether
	}
	return count, nil
}

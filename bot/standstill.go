package bot

import (
	"context"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// HoldStandstill writes down that a part of the program stands still until now, and what
// waits meanwhile. The first time is logged. At the end EndStandstill is to be called; if
// the program ends before, its next start does that.
func (b *Bot) HoldStandstill(ctx context.Context, standing *council.Absence) error {
	first, held := standing.ID == 0, *standing
	err := b.store.Update(ctx, func(tx *store.Tx) error {
		missed, err := tx.Missed(standing.Until)
		if err != nil {
			return err
		}
		held = *standing
		if held.Missed.Reminders <= missed.Reminders {
			held.Missed.Reminders, held.Missed.Subjects = missed.Reminders, missed.Subjects
		}
		held.Missed.Updates, held.Missed.Messages = max(held.Missed.Updates, missed.Updates), max(held.Missed.Messages, missed.Messages)
		held, err = tx.HoldAbsence(held)
		return err
	})
	if err != nil {
		return err
	}
	*standing = held
	if first {
		b.log.Error("a part of the program stands still; restart it if that lasts", "part", string(standing.Cause), "since", standing.From.UTC())
	}
	return nil
}

// EndStandstill ends what HoldStandstill has kept, and plans to whom it is told. Nothing
// happens if it was not kept.
func (b *Bot) EndStandstill(ctx context.Context, standing council.Absence) error {
	if standing.ID == 0 {
		return nil
	}
	err := b.store.Update(ctx, func(tx *store.Tx) error { return endStandstill(tx, standing) })
	if err == nil {
		b.logAbsence(standing)
	}
	return err
}

func endStandstill(tx *store.Tx, standing council.Absence) error {
	if err := tx.EndAbsence(standing); err != nil || !standing.Tells() {
		return err
	}
	return planAbsence(tx, standing)
}

// takeUpStandstills ends what stood still when the program ended. It gives them, for the log.
func takeUpStandstills(tx *store.Tx) ([]council.Absence, error) {
	open, err := tx.OpenAbsences()
	for _, standing := range open {
		if err == nil {
			err = endStandstill(tx, standing)
		}
	}
	return open, err
}

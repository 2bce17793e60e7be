package scheduler

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// act lets the bot do what is due to be done, each in a transaction of its own
// that marks it as done. What does not work after three tries waits an hour, so
// that it holds nothing else up.
func (s *Scheduler) act(ctx context.Context, now time.Time) error {
	var due []council.Reminder
	err := s.store.View(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.DueActs(now)
		return err
	})
	if err != nil {
		return err
	}
	var failed []error
	for _, one := range due {
		err := s.store.Update(ctx, func(tx *store.Tx) error { return s.actOn(ctx, tx, one, now) })
		switch {
		case store.Unavailable(err) || errors.Is(err, store.ErrClosed) || ctx.Err() != nil:
			return err
		case err != nil:
			s.undone[one.ID]++
			failed = append(failed, fmt.Errorf("%s of %s: %w", one.Step, one.Subject, err))
		default:
			delete(s.undone, one.ID)
		}
	}
	return errors.Join(failed...)
}

func (s *Scheduler) actOn(ctx context.Context, tx *store.Tx, one council.Reminder, now time.Time) error {
	if s.undone[one.ID] >= patience {
		s.log.Error("something to be done could not be done and waits an hour", "subject", one.Subject.String(), "step", string(one.Step))
		return tx.MoveReminder(one.ID, now.Add(afterAnHour), council.WaitedFailed)
	}
	decision, err := s.judge(ctx, tx, one, now)
	switch {
	case err != nil:
		return err
	case decision.Verdict == council.Drop:
		return tx.EndReminder(one.ID, false, decision.Reason, now)
	case decision.Verdict == council.Wait:
		return tx.MoveReminder(one.ID, decision.Until, decision.Reason)
	}
	if err := tx.EndReminder(one.ID, true, "due", now); err != nil {
		return err
	}
	return s.speaker.Act(ctx, tx, one)
}

package scheduler

import (
	"context"
	"time"

	"github.com/rembuk/rembuk/store"
)

// tell says everything that is due at a moment. After each tick with more to come it
// rests as long as that took: messages leave more slowly than they are said, and whoever
// writes meanwhile needs the database as well.
func (s *Scheduler) tell(ctx context.Context, now time.Time) error {
	more, counted := true, make(prepared)
	for more && ctx.Err() == nil {
		began := time.Now()
		err := s.store.Update(ctx, func(tx *store.Tx) (err error) {
			more, err = s.tick(ctx, tx, now, counted)
			return err
		})
		if err != nil {
			return err
		}
		if more {
			pause(ctx, time.Since(began))
		}
	}
	return nil
}

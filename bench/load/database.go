package load

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/rembuk/rembuk/store"
)

// Kept is what the bot's database holds.
type Kept struct {
	Tasks  map[string]int // how many tasks there are of each title
	Broken int            // messages for which the line broke, or the program ended, after the request went out
}

// ReadDatabase reads what a bot has kept. The bot may be running.
func ReadDatabase(ctx context.Context, opened *store.Store) (Kept, error) {
	kept := Kept{Tasks: map[string]int{}}
	err := opened.View(ctx, func(tx *store.Tx) error {
		tasks, err := tx.Tasks(store.TaskFilter{}, 0, math.MaxInt32)
		if err != nil {
			return err
		}
		for _, task := range tasks {
			kept.Tasks[task.Title]++
		}
		_, kept.Broken, err = tx.CountOutbox(time.Now())
		return err
	})
	if err != nil {
		return kept, fmt.Errorf("read the bot's database: %w", err)
	}
	return kept, nil
}

// Settle waits until everything that was written is handled and answered. It
// looks at the database on both sides of the poll, as what is being handed over
// is in neither of them for a moment.
func (c *City) Settle(ctx context.Context, opened *store.Store) error {
	var failed error
	atRest := func() bool {
		var waiting, due int
		failed = opened.View(ctx, func(tx *store.Tx) (err error) {
			if waiting, err = tx.CountWaiting(); err != nil {
				return err
			}
			due, _, err = tx.CountOutbox(time.Now())
			return err
		})
		return failed == nil && waiting+due == 0
	}
	err := c.Wait(ctx, func() bool {
		return c.Telegram.PollWaiting() && atRest() && c.Telegram.PollWaiting() && atRest() || failed != nil
	})
	if failed != nil {
		return fmt.Errorf("wait for the bot: %w", failed)
	}
	return err
}

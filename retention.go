package main

import (
	"context"
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// forgottenAtOnce is how many people are forgotten in one night at most: each takes the
// writer for a moment, and there are more nights.
const forgottenAtOnce = 500

// keepRetention forgets, in the nights of the plan, the people of whom nothing has been
// heard for longer than the configuration says. A night that was missed is made up for
// at the start. What does not succeed is tried again an hour later.
func (p *Program) keepRetention(ctx context.Context) error {
	for {
		due, err := p.nextRetention(ctx)
		if err == nil {
			err = p.clock.Wait(ctx, due)
		}
		if err == nil {
			err = p.forgetLongUnheard(ctx)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			p.logger.Error("who has not been heard of for long could not be forgotten", "error", err)
			if err := nap(ctx, time.Hour); err != nil {
				return err
			}
		}
	}
}

// nextRetention is the first firing of the plan since it was last looked; the first one
// from now on where it never was.
func (p *Program) nextRetention(ctx context.Context) (time.Time, error) {
	from := p.clock.Now()
	err := p.store.View(ctx, func(tx *store.Tx) error {
		kept, err := tx.Setting(store.SettingRetention)
		if last, bad := strconv.ParseInt(kept, 10, 64); bad == nil && time.UnixMilli(last).Before(from) {
			from = time.UnixMilli(last)
		}
		return err
	})
	return p.config.Retention.Schedule.Next(from.In(p.zone(ctx))), err
}

// forgetLongUnheard forgets them one by one, each in a transaction of its own, and logs
// how many they were.
func (p *Program) forgetLongUnheard(ctx context.Context) error {
	now := p.clock.Now().In(p.zone(ctx))
	since := now.AddDate(0, -p.config.Retention.Months, 0)
	var found []council.Member
	err := p.store.View(ctx, func(tx *store.Tx) (err error) {
		found, err = tx.LongUnheard(since, council.DayOf(now, now.Location()), forgottenAtOnce)
		return err
	})
	for _, member := range found {
		if err != nil {
			break
		}
		err = p.store.Update(ctx, func(tx *store.Tx) error { return p.bot.Forget(tx, member) })
	}
	if err != nil {
		return err
	}
	p.logger.Info("retention was carried out", "people forgotten", len(found), "not heard of since", since.Format(time.DateOnly))
	return p.store.Update(ctx, func(tx *store.Tx) error {
		return tx.SetSetting(store.SettingRetention, strconv.FormatInt(now.UnixMilli(), 10))
	})
}

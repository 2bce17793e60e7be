package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rembuk/rembuk/store"
)

// outcome is how something that is done now and then went the last time.
type outcome struct {
	mutex sync.Mutex
	err   error
}

func (o *outcome) set(err error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	o.err = err
}

// ok tells whether it worked the last time, or was not done yet.
func (o *outcome) ok() bool {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.err == nil
}

// keepIntegrity reads the whole database in the nights of the plan, in real time, and
// tells operator and coordinators when it is not whole. A night that was missed is made
// up for at the start.
func (p *Program) keepIntegrity(ctx context.Context) error {
	clock := WallClock{}
	for {
		due, err := p.nextIntegrity(ctx, clock.Now())
		if err == nil {
			err = clock.Wait(ctx, due)
		}
		if err == nil {
			err = p.checkIntegrity(ctx, clock.Now())
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			p.logger.Error("it could not be looked whether the database is whole; trying again in an hour", "error", err)
			if err := nap(ctx, time.Hour); err != nil {
				return err
			}
		}
	}
}

// nextIntegrity is the first firing of the plan since the last look; the first one from
// now on where there was none.
func (p *Program) nextIntegrity(ctx context.Context, now time.Time) (time.Time, error) {
	from := now
	last, _, err := p.lastIntegrity(ctx)
	if !last.IsZero() && last.Before(now) {
		from = last
	}
	return p.config.Integrity.Next(from.In(p.zone(ctx))), err
}

// checkIntegrity looks whether the database is whole, and keeps and tells what it found.
func (p *Program) checkIntegrity(ctx context.Context, now time.Time) error {
	began := time.Now()
	flaw := store.Verify(ctx, p.config.Database)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	found := whole
	if flaw != nil {
		found = oneLine(flaw)
		p.logger.Error("the database is not whole; stop the program and restore the newest backup that is", "error", found)
	} else {
		p.logger.Info("the database is whole", "took", time.Since(began).Round(time.Millisecond).String())
	}
	return p.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SetSetting(store.SettingIntegrity, strconv.FormatInt(now.UnixMilli(), 10)+" "+found); err != nil || flaw == nil {
			return err
		}
		return p.bot.TellDamaged(tx, now)
	})
}

// whole is what is kept of a database in which nothing was found.
const whole = "ok"

// lastIntegrity tells when it was last looked whether the database is whole, and what was
// found: whole, or what is wrong; the zero time if never.
func (p *Program) lastIntegrity(ctx context.Context) (at time.Time, found string, err error) {
	err = p.store.View(ctx, func(tx *store.Tx) error {
		kept, err := tx.Setting(store.SettingIntegrity)
		if err != nil || kept == "" {
			return err
		}
		text, rest, _ := strings.Cut(kept, " ")
		ms, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("when the database was last checked cannot be read: %w", err)
		}
		at, found = time.UnixMilli(ms), rest
		return nil
	})
	return at, found, err
}

package main

import (
	"context"
	"time"

	"github.com/rembuk/rembuk/store"
)

// What has been handled is remembered for a while: long enough that nothing
// Telegram repeats is taken for new, and that the operator can look back.
const (
	handledKept = 14 * 24 * time.Hour
	undoKept    = time.Hour // ten minutes on the rules' clock, as digests are; the rest is margin
	digestsKept = 60 * 24 * time.Hour
	askersKept  = 30 * 24 * time.Hour // names of those who asked, once their questions are closed
	sheetsKept  = 14 * 24 * time.Hour // sheets of indicators that were read
	draftsKept  = 14 * 24 * time.Hour // ideas to which nobody has agreed; what has its number stays an idea
	tidyOften   = time.Hour
)

// tidy forgets, every hour of real time, what has been handled long ago.
func (p *Program) tidy(ctx context.Context) error {
	var unneeded map[string]bool
	for {
		if err := p.store.Update(ctx, p.forget); err != nil && ctx.Err() == nil {
			p.logger.Error("what was handled long ago could not be forgotten", "error", err)
		}
		var err error
		if unneeded, err = p.sweepVault(ctx, unneeded); err != nil && ctx.Err() == nil {
			p.logger.Error("files that nothing needs could not be removed", "error", err)
		}
		if err := nap(ctx, tidyOften); err != nil {
			return err
		}
	}
}

func (p *Program) forget(tx *store.Tx) error {
	before := time.Now().Add(-handledKept)
	if err := tx.PruneInbox(before); err != nil {
		return err
	}
	if err := tx.PruneOutbox(before); err != nil {
		return err
	}
	now := p.clock.Now()
	if err := tx.PruneDigests(now.Add(-digestsKept)); err != nil {
		return err
	}
	if err := tx.PruneIdeaDrafts(now.Add(-draftsKept)); err != nil {
		return err
	}
	if err := tx.PruneIndicatorDrafts(now.Add(-sheetsKept)); err != nil {
		return err
	}
	if err := tx.PruneHandovers(now.Add(-undoKept)); err != nil {
		return err
	}
	if err := tx.PruneAskerNames(now.Add(-askersKept)); err != nil {
		return err
	}
	return tx.PruneUndo(now.Add(-undoKept))
}

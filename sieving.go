package main

import (
	"context"
	"time"
)

// When texts are prepared for the search, in real time: beside everything else, since a
// search finds without that as well, only not in all that is old.
const (
	sieveOften = time.Minute
	sievePause = 50 * time.Millisecond // between two blocks: others write as well
)

// keepSieves prepares for the search what has come since the last time, a block of texts
// in a transaction of its own.
func (p *Program) keepSieves(ctx context.Context) error {
	wait := sieveOften / 20 // the start has other things to do
	for {
		if err := nap(ctx, wait); err != nil {
			return err
		}
		made, err := p.store.Sieve(ctx)
		if err != nil && ctx.Err() == nil {
			p.logger.Error("texts could not be prepared for the search; trying again in a minute", "error", err)
		}
		if wait = sieveOften; made {
			wait = sievePause
		}
	}
}

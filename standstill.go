package main

import (
	"context"
	"time"

	"github.com/rembuk/rembuk/council"
)

// standstills are the parts that stand still, and since when, as far as that is kept:
// what stands still is written down while it does, so that the next start knows.
type standstills map[council.Cause]*standstill

type standstill struct {
	absence council.Absence
	looks   int // that found it standing, one after the other
}

const (
	// lookOften is how often it is looked, in real time, whether something stands still.
	lookOften = 15 * time.Second
	// looksBefore is at how many looks something must stand still before that is kept:
	// one may come between the moment at which a clock is set and the loop's next turn.
	looksBefore = 3
)

// watch keeps an eye on what stands still, in real time.
func (p *Program) watch(ctx context.Context) error {
	still := standstills{}
	for {
		p.keepStandstills(ctx, still, p.signs(ctx, time.Now()))
		if err := nap(ctx, lookOften); err != nil {
			return err
		}
	}
}

// keepStandstills writes down what stands still as lasting until now, and ends what
// moves again. What cannot be written is tried again at the next look.
func (p *Program) keepStandstills(ctx context.Context, still standstills, found signs) {
	now := p.clock.Now()
	for _, part := range found.parts() {
		if part.cause == "" || found.database != nil {
			continue
		}
		standing := still[part.cause]
		switch {
		case part.length > part.patience && standing == nil:
			length := time.Duration(float64(part.length) * p.speed())
			still[part.cause] = &standstill{absence: council.Absence{From: now.Add(-length), Cause: part.cause}, looks: 1}
		case part.length > part.patience:
			if standing.looks++; standing.looks >= looksBefore {
				standing.absence.Until = now
				p.tellStandstill(part, p.bot.HoldStandstill(ctx, &standing.absence))
			}
		case standing != nil:
			standing.absence.Until = now
			if err := p.bot.EndStandstill(ctx, standing.absence); err != nil {
				p.tellStandstill(part, err)
				continue
			}
			delete(still, part.cause)
		}
	}
}

func (p *Program) tellStandstill(part part, err error) {
	if err != nil {
		p.logger.Error("it could not be written down that a part stands still", "part", part.name, "error", err)
	}
}

package main

import (
	"context"
	"fmt"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/scheduler"
)

// speakers makes the loops that talk with Telegram: the bot itself, and the
// scheduler that hands it what is due to be said.
func (p *Program) speakers() ([]func(context.Context) error, error) {
	book, err := locale.Open()
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	talking := bot.New(bot.Options{
		Store: p.store, Book: book, Log: p.logger, Token: p.config.Token, API: p.config.API,
		Now: p.clock.Now, Rehearsal: p.config.Rehearsal.Speed != 0, Limits: p.config.Pacing,
		Owners: p.config.Owners, City: p.config.City, Zone: p.zoneName(), Next: p.config.Reminders.Next,
		Polled: p.pulse.Of(PartPoll),
	})
	planning := scheduler.New(p.store, talking, p.clock, p.logger)
	return []func(context.Context) error{talking.Run, planning.Run}, nil
}

// zoneName is the zone that was configured; empty if the coordinator is to say.
func (p *Program) zoneName() string {
	if p.config.Zone == nil {
		return ""
	}
	return p.config.Zone.String()
}

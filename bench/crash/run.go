package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// plan is what a run does.
type plan struct {
	updates, groups int
	signal          syscall.Signal
	seed            uint64
}

// run ends the program when half of the commands are answered, starts it again
// and waits until it has nothing more to do.
func run(ctx context.Context, p plan) (r result, err error) {
	r.plan = p
	folder, err := os.MkdirTemp("", "rembuk-crash-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram := sim.New(sim.Options{})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return r, err
	}
	defer stop()
	city := load.NewCity(telegram, p.groups, p.seed)
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return r, err
	}
	rembuk := program.Rembuk{Binary: binary, Folder: folder, API: base, Token: telegram.Token(), Owner: city.Owner}
	if err := r.crash(ctx, city, rembuk); err != nil {
		return r, err
	}
	return r, r.recover(ctx, city, rembuk)
}

// crash lets the program work on all commands and ends it half-way.
func (r *result) crash(ctx context.Context, city *load.City, rembuk program.Rembuk) error {
	running, err := rembuk.Start(ctx)
	if err != nil {
		return err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	city.Link()
	if err := city.Ready(while); err != nil {
		return err
	}
	sends, began := city.Sends(), time.Now()
	city.Say(r.updates)
	half := city.Commands() - (r.updates+1)/2
	if err := city.Wait(while, func() bool { return city.Sends()-sends >= r.updates/2 && city.Answered() >= half }); err != nil {
		return fmt.Errorf("the first half: %w", err)
	}
	signalled := time.Now()
	r.beforeAfter = signalled.Sub(began)
	if r.status, err = running.Signal(r.signal); err != nil {
		return err
	}
	r.ending = time.Since(signalled)
	r.answered = city.Answered() - r.groups // one each came before
	return nil
}

// recover starts the program again and reckons.
func (r *result) recover(ctx context.Context, city *load.City, rembuk program.Rembuk) error {
	sends, began := city.Sends(), time.Now()
	running, err := rembuk.Start(ctx)
	if err != nil {
		return err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	if err := city.Wait(while, func() bool { return city.Sends() > sends }); err != nil {
		return fmt.Errorf("the new start: %w", err)
	}
	r.restarted = time.Since(began)
	opened, err := store.Open(ctx, rembuk.Database())
	if err != nil {
		return err
	}
	settled := city.Settle(while, opened)
	r.quiet = time.Since(began)
	kept, err := load.ReadDatabase(ctx, opened)
	if err = errors.Join(settled, err, opened.Close()); err != nil {
		return err
	}
	r.Outcome, r.broken = city.Outcome(kept.Tasks), kept.Broken
	_, err = running.Signal(syscall.SIGTERM)
	return err
}

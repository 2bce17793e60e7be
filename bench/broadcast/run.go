package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// plan is what a run does.
type plan struct {
	groups, members int
	kill            bool
}

// words are what is announced.
const words = "Kantor Bappelitbangda tutup besok; rapat koordinasi pindah ke Kamis pukul 09.00."

// Buttons, as people read them.
const (
	buttonSend = "Benar"
	buttonRead = "Sudah dibaca"
)

func run(ctx context.Context, p plan) (r result, err error) {
	r.plan = p
	folder, err := os.MkdirTemp("", "rembuk-broadcast-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram := sim.New(sim.Options{Limits: true})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return r, err
	}
	defer stop()
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return r, err
	}
	town := newTown(telegram, p)
	rembuk := program.Rembuk{Binary: binary, Folder: folder, API: base, Token: telegram.Token(), Owner: town.owner, Limits: true}
	if err := town.settle(ctx, rembuk.Database()); err != nil {
		return r, err
	}
	running, err := rembuk.Start(ctx)
	if err != nil {
		return r, err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	if err := town.preview(while); err != nil {
		return r, err
	}
	return r, r.broadcast(ctx, while, town, rembuk, running, cancel)
}

// broadcast lets the announcement go out while the members press, and reckons.
func (r *result) broadcast(ctx, while context.Context, town *town, rembuk program.Rembuk, running *program.Process, leave context.CancelFunc) error {
	crowd := newCrowd(town)
	began := time.Now()
	if err := town.press(town.owner, town.owner, buttonSend); err != nil {
		return err
	}
	crowd.begin(ctx)
	if r.kill {
		if err := town.wait(while, func() bool { return town.reached() >= r.groups/2 }); err != nil {
			return fmt.Errorf("the first half: %w", err)
		}
		leave()
		killed := time.Now()
		if _, err := running.Signal(syscall.SIGKILL); err != nil {
			return err
		}
		polls := town.telegram.Counts()["getUpdates"]
		var err error
		if running, err = rembuk.Start(ctx); err != nil {
			return err
		}
		while, leave = running.While(ctx)
		defer leave()
		if err := town.wait(while, func() bool { return town.telegram.Counts()["getUpdates"] > polls }); err != nil {
			return fmt.Errorf("the new start: %w", err)
		}
		r.away = time.Since(killed)
	}
	if err := town.wait(while, func() bool { return town.reached() == r.groups }); err != nil {
		return fmt.Errorf("after %d of %d groups: %w", town.reached(), r.groups, err)
	}
	r.took = time.Since(began)
	crowd.end()
	if err := town.wait(while, func() bool { return crowd.allAnswered() && town.overviewEnds() }); err != nil {
		return fmt.Errorf("the last answers: %w", err)
	}
	r.presses, r.unanswered = crowd.waits()
	r.read(town)
	leave()
	_, err := running.Signal(syscall.SIGTERM)
	return errors.Join(err, r.readDatabase(ctx, rembuk.Database()))
}

// read counts what stands in the chats, and what Telegram refused.
func (r *result) read(town *town) {
	r.times = town.copies()
	r.violations = town.telegram.Violations()
	r.overview = town.overview()
	for _, call := range town.telegram.Calls() {
		if strings.HasPrefix(call.Outcome, "429") {
			r.refused = append(r.refused, fmt.Sprint(call.At.Format("15:04:05.000"), " ", call.Method, " in chat ", call.Chat, ": ", call.Outcome))
		}
	}
}

// readDatabase counts the messages that were on their way when the program ended.
func (r *result) readDatabase(ctx context.Context, path string) (err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	return opened.View(ctx, func(tx *store.Tx) (err error) {
		_, r.underWay, err = tx.CountOutbox(time.Now())
		return err
	})
}

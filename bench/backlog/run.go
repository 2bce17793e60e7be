package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// running is one run: a local Telegram, the program, and the town between them.
type running struct {
	plan
	town    *town
	watch   *watch
	rembuk  program.Rembuk
	process *program.Process
	opened  *store.Store // the program's database, beside the program
	known   int64        // the newest event before people did things while the program was away
}

func run(ctx context.Context, p plan) (r result, err error) {
	r.plan = p
	folder, err := os.MkdirTemp("", "rembuk-backlog-")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary, err := program.Build(ctx, folder, program.Module)
	if err != nil {
		return r, err
	}
	telegram := sim.New(sim.Options{Lenient: true})
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return r, err
	}
	now := &running{plan: p, watch: newWatch(telegram.Handler()), town: newTown(telegram, p.groups)}
	server := &http.Server{Handler: now.watch, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with Close
	defer func() { _ = server.Close() }()
	now.rembuk = program.Rembuk{Binary: binary, Folder: folder, API: "http://" + listener.Addr().String(), Token: telegram.Token(), Owner: now.town.owner}
	if err := now.settle(ctx); err != nil {
		return r, fmt.Errorf("before the program is away: %w", err)
	}
	if now.opened, err = store.Open(ctx, now.rembuk.Database()); err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, now.opened.Close()) }()
	if err := now.opened.View(ctx, func(tx *store.Tx) (err error) { now.known, _, err = tx.LastEvent(); return err }); err != nil {
		return r, err
	}
	if err := now.town.fill(ctx, now.opened); err != nil {
		return r, err
	}
	now.town.gather(p)
	if err := r.handle(ctx, now); err != nil {
		return r, err
	}
	return r, r.reckon(ctx, now)
}

// settle lets the program run until the town is as it is before it goes away.
func (now *running) settle(ctx context.Context) error {
	now.town.settle()
	process, err := now.rembuk.Start(ctx)
	if err != nil {
		return err
	}
	while, cancel := process.While(ctx)
	defer cancel()
	if err := program.Until(while, now.town.telegram.PollWaiting); err != nil {
		return err
	}
	opened, err := store.Open(ctx, now.rembuk.Database())
	if err != nil {
		return err
	}
	now.opened = opened
	rests := program.Until(while, func() bool { return now.rests(ctx) })
	if err := errors.Join(rests, opened.Close()); err != nil {
		return err
	}
	cancel()
	if _, err := process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	now.watch.forget()
	return now.town.find()
}

// left is how many updates are not handled and how many messages not sent.
func (now *running) left(ctx context.Context) (waiting, due int) {
	err := now.opened.View(ctx, func(tx *store.Tx) (err error) {
		if waiting, err = tx.CountWaiting(); err != nil {
			return err
		}
		due, _, err = tx.CountOutbox(time.Now())
		return err
	})
	if err != nil {
		return 1, 1 // somebody else has the database: look again
	}
	return waiting, due
}

// rests tells whether everything is handled and said.
func (now *running) rests(ctx context.Context) bool {
	waiting, due := now.left(ctx)
	return waiting+due == 0 && now.town.telegram.PollWaiting()
}

// start starts the program.
func (now *running) start(ctx context.Context) (err error) {
	now.process, err = now.rembuk.Start(ctx)
	return err
}

// handle starts the program and waits until everything is handled, and then until
// everything is said.
func (r *result) handle(ctx context.Context, now *running) error {
	if err := now.start(ctx); err != nil {
		return err
	}
	before := now.town.telegram.Counts()
	crowd := newCrowd(now)
	if r.only == "" {
		crowd.begin(ctx)
	}
	if r.kill {
		if err := r.killOnce(ctx, now, before["sendMessage"]); err != nil {
			return err
		}
	}
	while, cancel := now.process.While(ctx)
	defer cancel()
	handled := func() bool {
		if now.watch.first().IsZero() || !now.town.telegram.PollWaiting() {
			return false
		}
		waiting, _ := now.left(ctx)
		return waiting == 0 && now.town.telegram.PollWaiting()
	}
	if err := program.Until(while, handled); err != nil {
		return fmt.Errorf("until everything is handled: %w", err)
	}
	r.handled = time.Since(now.watch.first())
	crowd.end()
	if err := program.Until(while, func() bool { return now.rests(ctx) }); err != nil {
		return fmt.Errorf("until everything is said: %w", err)
	}
	r.said = time.Since(now.watch.first())
	used, err := now.process.Usage()
	if err != nil {
		return err
	}
	r.peak, r.cpu = max(r.peak, used.Peak), r.cpu+used.CPU
	after := now.town.telegram.Counts()
	for method, count := range after {
		if method != "getUpdates" {
			r.calls += count - before[method]
		}
	}
	r.meanwhile = crowd.waits()
	cancel()
	_, err = now.process.Signal(syscall.SIGTERM)
	return err
}

// killOnce ends the program when it has said a tenth of what there is to say, and starts it again.
func (r *result) killOnce(ctx context.Context, now *running, before int) error {
	while, cancel := now.process.While(ctx)
	defer cancel()
	if err := program.Until(while, func() bool { return now.town.telegram.Counts()["sendMessage"] >= before+r.updates/20 }); err != nil {
		return fmt.Errorf("until the kill: %w", err)
	}
	used, err := now.process.Usage()
	if err != nil {
		return err
	}
	r.peak, r.cpu = used.Peak, used.CPU
	r.waitedAtKill, _ = now.left(ctx)
	cancel()
	if _, err := now.process.Signal(syscall.SIGKILL); err != nil {
		return err
	}
	return now.start(ctx)
}

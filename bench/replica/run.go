package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// plan is what a run does.
type plan struct {
	failovers, commands int
	seed                uint64
	litestream          string
	untimed             bool // see table.Untimed
}

const (
	groups    = 20
	perSecond = 100
)

// failover is a run at work.
type failover struct {
	plan
	result   result
	folder   string
	random   *rand.Rand
	telegram *sim.Server
	city     *load.City
	written  map[string]time.Time // when which command was written, by its title
	killed   []time.Time          // when a machine was lost
	lost     map[string]bool      // titles of commands that are in no database any more
}

// run loses one machine after the other while people write, and reckons.
func run(ctx context.Context, p plan) (_ result, err error) {
	folder, err := os.MkdirTemp("", "rembuk-replica-")
	if err != nil {
		return result{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram := sim.New(sim.Options{})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return result{}, err
	}
	defer stop()
	f := &failover{plan: p, result: result{plan: p}, folder: folder, random: rand.New(rand.NewPCG(p.seed, 1)), telegram: telegram,
		city: load.NewCity(telegram, groups, p.seed), written: map[string]time.Time{}}
	here, err := f.firstMachine(ctx, base)
	if err != nil {
		return result{}, err
	}
	for number := range p.failovers {
		if here, err = f.fail(ctx, here); err != nil {
			return result{}, fmt.Errorf("machine %d: %w", number+1, err)
		}
	}
	return f.result, f.finish(ctx, here)
}

func (f *failover) firstMachine(ctx context.Context, base string) (*machine, error) {
	binary, err := program.Build(ctx, f.folder, program.Module)
	if err != nil {
		return nil, err
	}
	if f.litestream == "" {
		if f.litestream, err = buildLitestream(ctx, f.folder); err != nil {
			return nil, err
		}
	}
	config, err := filepath.Abs("deploy/litestream.yml")
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(config); err != nil {
		return nil, fmt.Errorf("run from the folder of the repository: %w", err)
	}
	first := &machine{litestream: f.litestream, config: config, replica: filepath.Join(f.folder, "replica"),
		rembuk: program.Rembuk{Binary: binary, API: base, Token: f.telegram.Token(), Owner: f.city.Owner}}
	if err := f.place(first); err != nil {
		return nil, err
	}
	if err := first.start(ctx); err != nil {
		return nil, err
	}
	while, cancel := first.while(ctx)
	defer cancel()
	f.city.Link()
	if err := f.city.Ready(while); err != nil {
		return nil, err
	}
	return first, f.waitForReplica(while, first)
}

// place gives a machine a folder of its own.
func (f *failover) place(m *machine) (err error) {
	m.rembuk.Folder, err = os.MkdirTemp(f.folder, "machine-")
	return err
}

// waitForReplica waits until Litestream has copied something: before that there
// is nothing to go on from.
func (f *failover) waitForReplica(ctx context.Context, m *machine) error {
	return f.city.Wait(ctx, func() bool {
		copied, err := filepath.Glob(filepath.Join(m.replica, "ltx", "*", "*.ltx"))
		return err == nil && len(copied) > 0
	})
}

// fail lets people write, loses the machine at a moment that the seed decides, and
// goes on with another one.
func (f *failover) fail(ctx context.Context, here *machine) (*machine, error) {
	end := f.commands/5 + f.random.IntN(f.commands*3/5)
	while, cancel := here.while(ctx)
	err := f.write(while, end)
	cancel()
	if err != nil {
		return nil, err
	}
	f.result.answered += f.city.Answered()
	lost := time.Now()
	if err := here.lose(); err != nil {
		return nil, err
	}
	f.killed = append(f.killed, lost)
	if err := f.write(ctx, f.commands-end); err != nil { // people do not know
		return nil, err
	}
	again := time.Now()
	next := *here
	if err := f.place(&next); err != nil {
		return nil, err
	}
	if err := next.restore(ctx); err != nil {
		return nil, err
	}
	polls := f.telegram.Counts()["getUpdates"]
	if err := next.start(ctx); err != nil {
		return nil, err
	}
	while, cancel = next.while(ctx)
	defer cancel()
	if err := f.city.Wait(while, func() bool { return f.telegram.Counts()["getUpdates"] > polls }); err != nil {
		return nil, err
	}
	f.result.slowest = max(f.result.slowest, time.Since(again))
	return &next, f.settle(while, &next)
}

// write writes commands at an even pace.
func (f *failover) write(ctx context.Context, count int) error {
	pace := time.NewTicker(time.Second / perSecond)
	defer pace.Stop()
	for range count {
		select {
		case <-pace.C:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		f.city.Say(1)
		f.written[fmt.Sprintf("item-%07d", f.city.Commands())] = time.Now()
	}
	return nil
}

// settle waits until the machine has nothing more to do, and adds up what came of it.
func (f *failover) settle(ctx context.Context, m *machine) error {
	opened, err := store.Open(ctx, m.rembuk.Database())
	if err != nil {
		return err
	}
	settled := f.city.Settle(ctx, opened)
	kept, err := load.ReadDatabase(ctx, opened)
	if err = errors.Join(settled, err, opened.Close()); err != nil {
		return err
	}
	f.reckon(kept.Tasks)
	return nil
}

// finish ends the last machine in order, and looks whether its database is whole.
func (f *failover) finish(ctx context.Context, last *machine) error {
	while, cancel := last.while(ctx)
	defer cancel()
	var err error
	if f.result.silent, err = f.pressLost(while); err != nil {
		return fmt.Errorf("press on a lost card: %w", err)
	}
	if f.result.leftAfterErasing, f.result.erasing, err = erase(ctx, last); err != nil {
		return err
	}
	if err := last.end(); err != nil {
		return err
	}
	f.result.commands = f.city.Commands()
	f.result.whole = "ok"
	if err := store.Inspect(ctx, last.rembuk.Database()); err != nil {
		f.result.whole = err.Error()
	}
	return nil
}

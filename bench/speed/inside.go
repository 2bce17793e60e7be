package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/rembuk/rembuk/bench/load"
	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
	"github.com/robfig/cron/v3"
)

// The city as the programs under measure are told of it.
const (
	cityZone = "Asia/Makassar"
	mornings = "0 8 * * *"
)

// insideBot makes the bot in this process, where it can be looked into.
func insideBot(opened *store.Store, api string, owner int64, now func() time.Time) (*bot.Bot, error) {
	book, err := locale.Open()
	if err != nil {
		return nil, err
	}
	schedule, err := cron.ParseStandard(mornings)
	if err != nil {
		return nil, err
	}
	return bot.New(bot.Options{
		Store: opened, Book: book, Log: quietLog(), Token: sim.DefaultToken, API: api, Now: now,
		Owners: []int64{owner}, City: "Kabupaten Teluk Marannu", Zone: cityZone, Next: schedule.Next,
	}), nil
}

func quietLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// profiledBursts is how many bursts are put into one, as a processor is looked
// at only a hundred times a second.
const profiledBursts = 3

// profile lets the bot run in this process during one burst and writes where
// the processor was.
func (b *bench) profile(ctx context.Context, file string) (err error) {
	written, err := os.Create(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, written.Close()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // kills the Telegram
	s := &stand{}
	if err := s.open(ctx, b, true); err != nil {
		return err
	}
	opened, err := store.Open(ctx, filepath.Join(b.folder, "profile.db"))
	if err != nil {
		return err
	}
	inside, err := insideBot(opened, s.url, s.owner, time.Now)
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- inside.Run(running) }()
	err = s.burstProfiled(ctx, profiledBursts*b.burst, written)
	stop()
	return errors.Join(err, <-ended, opened.Close())
}

func (s *stand) burstProfiled(ctx context.Context, commands int, file *os.File) error {
	if err := s.ask(ctx, "/ready", nil, nil); err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	var result load.Result
	err := s.ask(ctx, "/load", load.Order{Commands: commands}, &result)
	pprof.StopCPUProfile()
	if err == nil {
		fmt.Printf("%d answered in %.2f s; look at it with: go tool pprof -top %s\n", result.Answered, result.Seconds, file.Name())
	}
	return err
}

// atRest runs the real program on a database until it has nothing more to do,
// then does something with it, and ends it.
func (b *bench) atRest(ctx context.Context, folder string, do func(*program.Process) error) error {
	telegram := sim.New(sim.Options{Lenient: true})
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return err
	}
	defer stop()
	city := load.NewCity(telegram, 0, 1)
	rembuk := program.Rembuk{Binary: b.rembuk, Folder: folder, API: base, Token: telegram.Token(), Owner: city.Owner}
	running, err := rembuk.Start(ctx)
	if err != nil {
		return err
	}
	while, cancel := running.While(ctx)
	defer cancel()
	if err := city.Wait(while, telegram.PollWaiting); err != nil {
		return err
	}
	opened, err := store.Open(ctx, rembuk.Database())
	if err != nil {
		return err
	}
	settled := city.Settle(while, opened)
	if err := errors.Join(settled, opened.Close()); err != nil {
		return err
	}
	if err := do(running); err != nil {
		return err
	}
	cancel()
	_, err = running.Signal(os.Interrupt)
	return err
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/scheduler"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
	"golang.org/x/sync/errgroup"
)

// Program is one running copy of Rembuk on one database.
type Program struct {
	config Config
	clock  Clock
	logger *slog.Logger
	lock   *Lock
	store  *store.Store
	vault  *vault.Vault
	bot    *bot.Bot
	began  time.Time // in real time

	nextToLeave, nextToHandle oldest
	beaten                    atomic.Int64 // when the heart last beat, in real unix milliseconds
	handling                  prometheus.Histogram
	backups                   outcome
}

// serve runs the bot until the context is done: the program's main job, which
// stories and playground call too. It then finishes what is in hand, and
// returns nil within five seconds.
func serve(ctx context.Context, config Config, clock Clock, stdout io.Writer) (err error) {
	program, err := openProgram(ctx, config, clock, stdout)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, program.close()) }()
	debug.FreeOSMemory() // reading sentences and migrations took 3 MB that nobody needs any more
	if err := letGo(); err != nil {
		program.logger.Warn("memory that only the start needed is kept", "error", err)
	}
	return program.run(ctx)
}

// openProgram takes the lock, opens the database and makes what hangs on it.
func openProgram(ctx context.Context, config Config, clock Clock, stdout io.Writer) (*Program, error) {
	output := NewScrubber(stdout)
	output.Hide(config.Token)
	book, err := locale.Open()
	if err != nil {
		return nil, err
	}
	lock, err := lockDatabase(ctx, config.Database)
	if err != nil {
		return nil, err
	}
	logger := newLogger(config, output)
	opened, err := store.OpenTelling(ctx, config.Database, tellRenewal(logger))
	if err != nil {
		return nil, errors.Join(err, lock.Release())
	}
	if err := opened.Renew(ctx); err != nil {
		return nil, errors.Join(err, opened.Close(), lock.Release())
	}
	kept, err := vault.Open(config.filesFolder())
	if err != nil {
		err = refuse("files.folder (REMBUK_FILES_FOLDER) %q cannot be used: %v; allowed: a folder in one that exists, which can be written", config.filesFolder(), plainPathError(err))
		return nil, errors.Join(err, opened.Close(), lock.Release())
	}
	program := &Program{config: config, clock: clock, logger: logger, lock: lock, store: opened, vault: kept, began: time.Now(), handling: newHandling()}
	program.bot = bot.New(program.botOptions(book))
	return program, nil
}

// tellRenewal says that the database gets another schema, and how long that took.
func tellRenewal(logger *slog.Logger) func(store.Renewal) {
	began := time.Now()
	return func(renewal store.Renewal) {
		if !renewal.Done {
			logger.Info("the database is of an earlier version and is brought up to date, which can take minutes where there is much in it; do not end the program meanwhile",
				"from", renewal.From, "to", renewal.To)
			return
		}
		logger.Info("the database is up to date", "from", renewal.From, "to", renewal.To, "took", time.Since(began).Round(time.Millisecond).String())
	}
}

func (p *Program) botOptions(book *locale.Book) bot.Options {
	options := bot.Options{
		Store: p.store, Vault: p.vault, Drafts: filepath.Dir(p.config.Database), Book: book, Log: p.logger, Token: p.config.Token, API: p.config.API, Now: p.clock.Now,
		Rehearsal: p.config.Rehearsal.Speed != 0, Limits: p.config.Pacing, Owners: p.config.Owners, City: p.config.City, Officer: p.config.Officer, Retention: p.config.Retention.Months, Sentences: p.config.Sentences,
		Handled: func(took time.Duration) { p.handling.Observe(took.Seconds()) },
		Next:    p.config.Reminders.Next, Weekly: p.config.Summary.Next, Expressions: fmt.Sprint(firesAt(p.config.Reminders), firesAt(p.config.Summary)),
	}
	if p.config.Zone != nil {
		options.Zone = p.config.Zone.String()
	}
	return options
}

// close closes the database and gives the lock back.
func (p *Program) close() error { return errors.Join(p.store.Close(), p.lock.Release()) }

// run runs every loop until the context is done or one of them fails.
func (p *Program) run(ctx context.Context) error {
	loops, err := p.loops(ctx)
	if err != nil {
		return err
	}
	p.logger.Info("running", "database", p.config.Database, "api", p.config.API)
	if err := p.store.FirstHeartbeat(ctx, time.Now()); err != nil { // the clock may have been set since, which what waits must not wait for
		p.logger.Error("heartbeat could not be written", "error", err)
	}
	err = runTogether(ctx, p.logger, loops)
	if errors.Is(err, bot.ErrTokenRefused) {
		return fmt.Errorf("%w; ask @BotFather for the present one and set REMBUK_TELEGRAM_TOKEN", err)
	}
	return err
}

// lastWord is how long what is in hand may take after the program was told to
// end: whoever told it waits for five seconds.
const lastWord = 4 * time.Second

// runTogether runs loops side by side. When the context is done, or one of them
// fails, all are told to end. It returns the failure, or nil; and nil as well
// when a loop does not end in time, since what it had in hand is in the database.
func runTogether(ctx context.Context, logger *slog.Logger, loops []func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, loop := range loops {
		group.Go(func() error { return loop(ctx) })
	}
	ended := make(chan error, 1)
	go func() { ended <- group.Wait() }()
	<-ctx.Done()
	select {
	case err := <-ended:
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
		logger.Info("ended")
	case <-time.After(lastWord):
		logger.Warn("ended with work in hand; it is taken up at the next start")
	}
	return nil
}

// loops lists what runs side by side.
func (p *Program) loops(ctx context.Context) ([]func(context.Context) error, error) {
	planning := scheduler.New(p.store, p.bot, p.clock, p.logger)
	planning.Away = p.bot.Away
	loops := []func(context.Context) error{p.bot.Run, planning.Run, p.beatHeart, p.watch, p.tidy, p.keepRetention, p.keepIntegrity, p.keepSieves, p.store.Unsynced}
	if p.config.Listen != "" {
		listener, err := listenHealth(ctx, p.config)
		if err != nil {
			return nil, err
		}
		handler := healthHandler(func(ctx context.Context) []string { return p.signs(ctx, time.Now()).standing() }, newRegistry(p))
		loops = append(loops, func(ctx context.Context) error { return serveHTTP(ctx, listener, handler) })
	}
	if p.config.Backup.Folder != "" {
		loops = append(loops, func(ctx context.Context) error {
			return keepBackups(ctx, p.config, func() *time.Location { return p.zone(ctx) }, p.backedUp)
		})
	}
	return loops, nil
}

// backedUp hears how the last backup ended.
func (p *Program) backedUp(err error) {
	p.backups.set(err)
	if err != nil {
		p.logger.Error("backup could not be made", "error", err)
		return
	}
	p.logger.Info("a backup was made, and restored for a test")
}

// beatHeart writes into the database that this copy is alive, in real time.
func (p *Program) beatHeart(ctx context.Context) error {
	const often = 15 * time.Second
	for {
		now := time.Now()
		if err := p.store.Heartbeat(ctx, now); err == nil {
			p.beaten.Store(now.UnixMilli())
		} else if ctx.Err() == nil {
			p.logger.Error("heartbeat could not be written", "error", err)
		}
		if err := nap(ctx, often); err != nil {
			return err
		}
	}
}

// zone is the city's; WITA also where the database cannot be read.
func (p *Program) zone(ctx context.Context) *time.Location {
	var name string
	err := p.store.View(ctx, func(tx *store.Tx) (err error) {
		name, err = tx.Setting(store.SettingZone)
		return err
	})
	if err != nil {
		name = ""
	}
	return zoneIn(p.config, name)
}

// zoneIn is the city's zone: as configured, else as the coordinator said, else WITA.
func zoneIn(config Config, said string) *time.Location {
	if config.Zone != nil {
		return config.Zone
	}
	if zone, err := time.LoadLocation(said); err == nil && said != "" {
		return zone
	}
	return time.FixedZone("WITA", int((8 * time.Hour).Seconds()))
}

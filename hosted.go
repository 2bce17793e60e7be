package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// Hosted is the bot beside a local Telegram in one process, on a movable clock.
// Stories stop it, kill it and start it again on its database; the playground's
// page moves its clock.
type Hosted struct {
	config   Config
	clock    *MovableClock
	telegram *sim.Server
	output   io.Writer

	mutex   sync.Mutex
	program *Program // nil while it does not run
	walk    walk
	tell    context.CancelFunc
	ended   chan struct{}
	outcome error

	said    func(context.Context) // is told on a walk when everything due at a moment has been said
	hurried atomic.Bool           // the database can be made anew: it need not wait for the disk
	waits   time.Duration         // what is to be tried again within this time, in real time, is waited for too
	turn    chan struct{}         // holds one: they who move the clock, stop the bot and start it do so in turn
}

// NewHosted does not start anything yet. config must name the local Telegram.
func NewHosted(config Config, clock *MovableClock, telegram *sim.Server, output io.Writer) *Hosted {
	return &Hosted{config: config, clock: clock, telegram: telegram, output: output, turn: make(chan struct{}, 1)}
}

// Start runs the bot until Stop, Kill or the end of the context.
func (h *Hosted) Start(ctx context.Context) error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	program, err := openProgram(ctx, h.config, h.clock, h.output)
	if err != nil {
		return err
	}
	program.store.Hurry(h.hurried.Load())
	ctx, tell := context.WithCancel(ctx)
	ended := make(chan struct{})
	h.program, h.tell, h.ended, h.outcome = program, tell, ended, nil
	go func() {
		err := program.run(ctx)
		h.mutex.Lock()
		h.outcome = err
		h.mutex.Unlock()
		close(ended)
	}()
	return nil
}

// hurry tells whether what the bot writes must wait for the disk.
func (h *Hosted) hurry(hurried bool) {
	h.hurried.Store(hurried)
	if program, err := h.running(); err == nil {
		program.store.Hurry(hurried)
	}
}

// Stop ends the bot in order, as SIGTERM does. Nothing happens if it does not run.
func (h *Hosted) Stop(context.Context) error { return h.end(func(*Program) error { return nil }) }

// Kill ends the bot without letting it finish: its database is closed under it,
// so that nothing more is committed.
func (h *Hosted) Kill() error {
	return h.end(func(program *Program) error { return program.store.Close() })
}

func (h *Hosted) end(before func(*Program) error) error {
	h.mutex.Lock()
	program, tell, ended := h.program, h.tell, h.ended
	h.program = nil
	h.mutex.Unlock()
	if program == nil {
		return nil
	}
	err := before(program)
	tell()
	<-ended
	return errors.Join(err, program.close())
}

// Log is what the bot has logged, if the output it was given keeps it.
func (h *Hosted) Log() string {
	if kept, ok := h.output.(fmt.Stringer); ok {
		return kept.String()
	}
	return ""
}

// Spoil changes what the bot keeps of a file, behind its back, or takes it away.
func (h *Hosted) Spoil(content []byte, lost bool) error {
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	kept := filepath.Join(h.config.filesFolder(), name[:2], name)
	if lost {
		return os.Remove(kept)
	}
	return os.WriteFile(kept, append([]byte("x"), content...), 0o600)
}

// Configure changes a key of the configuration, which is read at the next start.
func (h *Hosted) Configure(name, value string) error {
	for _, key := range keys() {
		if key.name == name {
			return key.read(&h.config, value)
		}
	}
	return fmt.Errorf("there is no key %q", name)
}

// Now is where the clock stands, in the city's zone if that is configured.
func (h *Hosted) Now() time.Time {
	if h.config.Zone == nil {
		return h.clock.Now()
	}
	return h.clock.Now().In(h.config.Zone)
}

// Set moves the clock. A bot that can reach Telegram meanwhile was not away for
// the time that is passed over.
func (h *Hosted) Set(now time.Time) {
	shows := h.clock.Now().Truncate(time.Minute)
	h.clock.Set(now)
	if !now.Truncate(time.Minute).Equal(shows) {
		h.telegram.Tell()
	}
	h.mutex.Lock()
	program := h.program
	h.mutex.Unlock()
	if program != nil {
		program.bot.ClockMoved(context.Background())
	}
}

// Next is when the next thing falls due, if anything waits.
func (h *Hosted) Next() (time.Time, bool) {
	program, err := h.running()
	if err != nil {
		return time.Time{}, false
	}
	var next time.Time
	err = program.store.View(context.Background(), func(tx *store.Tx) (err error) {
		next, err = nextDue(tx)
		return err
	})
	return next, err == nil && !next.IsZero()
}

// Quiet waits until everything is handled and said: nothing undelivered,
// nothing in the inbox, nothing due in the outbox or among the reminders.
func (h *Hosted) Quiet(ctx context.Context) error {
	changed, cancel := h.telegram.Subscribe()
	defer cancel()
	for pause := time.Millisecond; ; pause = min(2*pause, longestLook) {
		quiet, err := h.isQuiet(ctx)
		if quiet || err != nil {
			return err
		}
		select {
		case <-changed:
			pause = time.Millisecond / 2
		case <-time.After(pause): // the database tells nobody when it changes
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// longestLook is how long Quiet waits at most before it looks at the database again.
const longestLook = 16 * time.Millisecond

// isQuiet tells whether nothing happens by itself. With a broken line that is so
// as soon as the bot has noticed: what falls due then waits. Once the line is whole it is
// so when the bot has noticed that, too.
//
// The poll must wait before the database is looked at and afterwards, and the database be the
// same until then: what was sent may have caused an update, which is then either undelivered
// or in the inbox.
func (h *Hosted) isQuiet(ctx context.Context) (bool, error) {
	program, err := h.running()
	if err != nil {
		return false, err
	}
	polls := func() bool { return h.telegram.PollWaiting() && !h.away() }
	if h.telegram.LineBroken() {
		polls = h.away
	}
	if !polls() {
		return false, nil
	}
	commits := program.store.Commits()
	rests, err := h.atRest(ctx, program)
	return rests && err == nil && polls() && program.store.Commits() == commits, err
}

// atRest tells whether nothing is left to be done by now. The first thing found to do ends it.
func (h *Hosted) atRest(ctx context.Context, program *Program) (bool, error) {
	away := h.away() && h.telegram.LineBroken()
	rests := false
	err := program.store.View(ctx, func(tx *store.Tx) error {
		waiting, err := tx.CountWaiting()
		if rests = waiting == 0 && away; err != nil || waiting > 0 || away {
			return err
		}
		due, _, err := tx.CountOutbox(time.Now().Add(h.waits))
		if err != nil || due > 0 {
			return err
		}
		plan, err := tx.Setting(store.SettingPlan)
		if err != nil || plan == "" { // the calendar has changed, and what waits is not planned by it yet
			return err
		}
		next, err := nextDue(tx)
		rests = next.IsZero() || next.After(h.clock.Now())
		return err
	})
	return rests, err
}

// away tells whether the bot knows that it cannot reach Telegram.
func (h *Hosted) away() bool {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.program != nil && h.program.bot.Away()
}

// running gives the program if it runs.
func (h *Hosted) running() (*Program, error) {
	h.mutex.Lock()
	program, ended, outcome := h.program, h.ended, h.outcome
	h.mutex.Unlock()
	if program == nil {
		return nil, errors.New("the bot is not running")
	}
	select {
	case <-ended:
		return nil, errors.Join(errors.New("the bot has ended"), outcome)
	default:
		return program, nil
	}
}

// nextDue is the earliest of what the scheduler waits for.
func nextDue(tx *store.Tx) (time.Time, error) {
	var next time.Time
	for _, waiting := range []func() (time.Time, error){tx.NextReminder, tx.NextLeave} {
		moment, err := waiting()
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return next, err
		}
		if next.IsZero() || moment.Before(next) {
			next = moment
		}
	}
	return next, nil
}

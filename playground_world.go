package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/story"
)

// world is what the page shows at a time: a local Telegram with its people, the
// bot, and the clock they live by.
type world struct {
	*Hosted
	sim.Stories
	page *playgroundPage
	name string // another one for each world

	life   context.Context // ends with the world
	end    context.CancelFunc
	ready  chan struct{} // closed when what belongs to it from the start is there, or could not be made
	built  atomic.Bool   // it is there
	pace   pace
	hangUp func() // closes the line between the bot and Telegram

	mutex  sync.Mutex
	coming []sim.Coming // as it was last listed

	recorder atomic.Pointer[story.Recorder] // of what is done by hand; nil while or where that cannot be kept
}

// newWorld puts the bot beside a local Telegram. It does not run yet. config says
// everything but how to reach that.
func newWorld(telegram *sim.Server, clock *MovableClock, config Config, output io.Writer) (*world, error) {
	base, stop, err := telegram.Start("127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	config.API, config.Token = base, telegram.Token()
	w := &world{Hosted: NewHosted(config, clock, telegram, output), name: rand.Text(), ready: make(chan struct{}), hangUp: stop}
	w.life, w.end = context.WithCancel(context.Background())
	w.Hosted.said = w.settle
	w.pace.move = func(ctx context.Context, by time.Duration) {
		_ = w.step(ctx, w.Now().Add(by), time.Time{}) // what is not said in time is said on a later step
	}
	return w, nil
}

// stagedWorld is a new world with the cast of a script, at its first moment.
// config says everything but how to reach Telegram, and who the coordinators are;
// messages are numbered after lastMessage.
func stagedWorld(script story.Script, config Config, lastMessage int, output io.Writer) (*world, *story.Stage, error) {
	begins, err := script.Begins(config.Zone)
	if err != nil {
		return nil, nil, err
	}
	clock := NewMovableClock(begins)
	telegram := sim.New(sim.Options{Now: clock.Now, LastMessage: lastMessage})
	stage := story.NewStage(script, telegram, config.Zone)
	config.Owners = stage.Owners()
	w, err := newWorld(telegram, clock, config, output)
	return w, stage, err
}

// close ends everything in the world, the bot in order.
func (w *world) close() error {
	w.settle(context.Background())
	w.pace.set(0)
	w.Halt()
	w.end()
	<-w.ready
	err := w.Stop(context.Background())
	w.hangUp()
	return err
}

// Standing tells how things stand.
func (w *world) Standing() sim.Standing {
	standing := sim.Standing{World: w.name, Speed: w.pace.now()}
	select {
	case <-w.ready:
	default:
		standing.Building = true
	}
	_, err := w.running()
	standing.Running = err == nil
	w.Hosted.mutex.Lock()
	standing.Moving = w.walk.to
	w.Hosted.mutex.Unlock()
	return standing
}

// Run lets the clock go on by itself.
func (w *world) Run(speed int) { w.pace.set(speed) }

// Next is when the next thing falls due. While the bot does not run that is known
// from before.
func (w *world) Next() (time.Time, bool) {
	if _, err := w.running(); err == nil {
		return w.Hosted.Next()
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, one := range w.coming {
		if one.At.After(w.Now()) {
			return one.At, true
		}
	}
	return time.Time{}, false
}

// Coming lists what the bot will say of its own accord. While it does not run the
// list is the one from before.
func (w *world) Coming(ctx context.Context, most int) ([]sim.Coming, error) {
	if _, err := w.running(); err == nil {
		coming, err := w.Hosted.Coming(ctx, most)
		if err == nil {
			w.mutex.Lock()
			w.coming = coming
			w.mutex.Unlock()
			return coming, nil
		}
		if _, stopped := w.running(); stopped == nil {
			return nil, err
		}
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.coming[:min(most, len(w.coming))], nil
}

// mostRemembered is how much of what will be said is kept for the time during
// which the bot does not run.
const mostRemembered = 100

// direct starts the bot, stops or kills it. What moves the clock is ended before.
func (w *world) direct(ctx context.Context, deed string) error {
	w.Halt()
	if err := w.takeTurn(ctx); err != nil {
		return err
	}
	defer w.giveTurn()
	_, stopped := w.running()
	if deed == sim.StartProgram {
		if stopped == nil {
			return nil
		}
		if err := w.Stop(ctx); err != nil { // one that has ended by itself leaves its database open
			return err
		}
		if err := w.Start(w.life); err != nil {
			return err
		}
		return w.rest(ctx)
	}
	if stopped == nil {
		if _, err := w.Coming(ctx, mostRemembered); err != nil {
			return err
		}
	}
	if deed == sim.KillProgram {
		return errors.Join(w.Kill(), w.hungUp(ctx))
	}
	return errors.Join(w.Stop(ctx), w.hungUp(ctx))
}

// hungUp waits until Telegram has noticed that the bot's poll has ended, so that
// it is not taken for a poll of the one that is started next.
func (w *world) hungUp(ctx context.Context) error {
	changed, done := w.telegram.Subscribe()
	defer done()
	for w.telegram.PollWaiting() {
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// StartOver puts another city in the place of this world.
func (w *world) StartOver(_ context.Context, empty bool) error { return w.page.startOver(empty) }

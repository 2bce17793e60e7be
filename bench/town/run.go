package town

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/rembuk/rembuk/bench/program"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// Size is how many people live in a town, and in how many groups of each kind.
type Size struct{ People, Groups int }

// Plan is what a run does.
type Plan struct {
	Binary string // the program
	Size
	Kills  int // how often it is ended
	Signal syscall.Signal
	Seed   uint64
	Script func(line string) // is told who does what, and where the program is ended; nil: nobody
}

// Run lets a town live while the program is ended as often as the plan says,
// and reckons.
func Run(ctx context.Context, plan Plan) (result Result, err error) {
	folder, err := os.MkdirTemp("", "rembuk-town-")
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	telegram := sim.New(sim.Options{})
	wire, err := NewWire(telegram)
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, wire.Close()) }()
	town := newTown(telegram, wire, plan.Size, plan.Seed)
	l := &life{ctx: ctx, plan: plan, town: town, rembuk: program.Rembuk{
		Binary: plan.Binary, Folder: folder, API: wire.Base(), Token: telegram.Token(), Owner: town.owner.id}}
	defer l.end()
	if err := l.live(); err != nil {
		return result, err
	}
	for _, said := range wire.Said() {
		l.script(fmt.Sprintf("said in %d: %q %q", said.Chat, said.Text, said.Buttons))
	}
	return l.reckon()
}

// life is one run.
type life struct {
	ctx      context.Context
	plan     Plan
	town     *Town
	rembuk   program.Rembuk
	running  *program.Process
	starts   int
	clock    time.Time // where the program's own clock began
	began    time.Time // when that was
	kills    int
	statuses []int
	underWay []store.Outgoing // what was on its way, kill by kill
	mutex    sync.Mutex
	slowest  time.Duration // from a signal to the end
	atRest   int           // kills for which nothing was on its way
}

// start starts the program, a minute later on its own clock.
func (l *life) start() (err error) {
	early := time.Duration(l.town.random.IntN(400)) * time.Millisecond // what falls due does so a little later
	l.clock = morning.Add(time.Duration(l.starts)*time.Minute - early)
	l.began = time.Now()
	l.rembuk.Rehearsal = l.clock.Format(time.RFC3339Nano) + "@1"
	l.town.minute = l.starts
	l.starts++
	l.running, err = l.rembuk.Start(l.ctx)
	return err
}

// end ends what is still running.
func (l *life) end() {
	if l.running != nil {
		_, _ = l.running.Signal(syscall.SIGKILL) // it may have ended
	}
}

// live goes through the rounds.
func (l *life) live() error {
	if err := l.start(); err != nil {
		return err
	}
	for _, open := range l.town.openings() {
		open()
		if err := l.settle(); err != nil {
			return fmt.Errorf("before the first kill: %w", err)
		}
	}
	for round := 0; l.kills < l.plan.Kills; round++ {
		if err := l.round(); err != nil {
			return fmt.Errorf("round %d, after %d kills: %w", round, l.kills, err)
		}
	}
	for l.town.goesOn() {
		l.town.act(l.script)
		if err := l.settle(); err != nil {
			return fmt.Errorf("after the last kill: %w", err)
		}
	}
	return l.lastStart()
}

// lastStart starts the program in order, at a time when no reminder that was set is
// still to come.
func (l *life) lastStart() error {
	if status, err := l.running.Signal(syscall.SIGTERM); status != 0 || err != nil {
		return fmt.Errorf("the last end in order, status %d: %w\n%s", status, err, l.running.Output())
	}
	l.starts += 15
	if err := l.start(); err != nil {
		return err
	}
	return l.settle()
}

func (l *life) script(line string) {
	if l.plan.Script != nil {
		l.plan.Script(line)
	}
}

// round lets everybody act at once, ends the program up to three times before it is
// done with that, and leaves it alone until it is.
func (l *life) round() error {
	random := l.town.random
	l.town.begin()
	most := len(l.town.scenes) * 3 / 2 // about so many sends come of it
	for kill := range min(1+random.IntN(3), l.plan.Kills-l.kills) {
		at, phase := 1+random.IntN(most), Phase(random.IntN(4))
		if phase == Handed && kill == 0 {
			at = random.IntN(2) * at
		} else if phase == Handed {
			phase = Answered // nothing more is handed over
		}
		l.script(fmt.Sprintf("start %d ends %s send %d", l.starts, phase, at))
		done := l.arm(at, phase)
		if kill == 0 {
			l.town.act(l.script)
		}
		if err := l.endOnce(done); err != nil {
			return err
		}
		if err := l.start(); err != nil {
			return err
		}
		most = len(l.town.scenes) + 1
	}
	return l.settle()
}

// arm ends the program at a send that is to come.
func (l *life) arm(at int, phase Phase) <-chan struct{} {
	running := l.running
	if l.plan.Signal == syscall.SIGTERM { // it may finish what it has in hand
		return l.town.wire.EndAt(at, max(phase, Answered), func() { go l.signal(running) })
	}
	return l.town.wire.EndAt(at, phase, func() { l.signal(running) })
}

func (l *life) signal(running *program.Process) {
	began := time.Now()
	if _, err := running.Signal(l.plan.Signal); err != nil {
		panic("town: the program cannot be signalled: " + err.Error())
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.slowest = max(l.slowest, time.Since(began))
}

// restTime is how long the program must have made no call before it counts as
// having nothing to do.
const restTime = 250 * time.Millisecond

// endOnce waits until the program was ended, or ends it when it has come to rest
// before so many sends.
func (l *life) endOnce(done <-chan struct{}) error {
	l.kills++
	began := time.Now()
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		case <-l.running.Ended():
			if ended = !l.town.wire.Never(); ended {
				break // it was the signal
			}
			return fmt.Errorf("the program has ended by itself:\n%s", l.running.Output())
		case <-l.ctx.Done():
			return context.Cause(l.ctx)
		case <-time.After(5 * time.Millisecond):
			atRest := l.town.telegram.PollWaiting() && l.town.wire.Quiet() > restTime && time.Since(began) > restTime
			if atRest && l.town.wire.Never() {
				l.atRest++
				l.signal(l.running)
				ended = true
			}
		}
	}
	<-l.running.Ended()
	l.statuses = append(l.statuses, l.running.Status())
	for !l.town.wire.Drained() {
		select {
		case <-l.ctx.Done():
			return context.Cause(l.ctx)
		case <-time.After(time.Millisecond):
		}
	}
	return l.lookUnderWay()
}

// lookUnderWay reads what was on its way, from a copy of the database: the
// program must find its own as it left it.
func (l *life) lookUnderWay() error {
	copied := filepath.Join(l.rembuk.Folder, "copy.db")
	for _, rest := range []string{"", "-wal"} {
		content, err := os.ReadFile(l.rembuk.Database() + rest)
		if err != nil && !os.IsNotExist(err) {
			return err
		}
		if err := os.WriteFile(copied+rest, content, 0o600); err != nil {
			return err
		}
	}
	opened, err := store.Open(l.ctx, copied)
	if err != nil {
		return err
	}
	err = opened.View(l.ctx, func(tx *store.Tx) error {
		rows, err := tx.UnderWay()
		l.underWay = append(l.underWay, rows...)
		return err
	})
	return errors.Join(err, opened.Close(), os.Remove(copied))
}

// settle waits until everything is handled and said.
func (l *life) settle() error {
	while, cancel := l.running.While(l.ctx)
	defer cancel()
	for !l.town.telegram.PollWaiting() { // it makes the database first
		select {
		case <-time.After(5 * time.Millisecond):
		case <-while.Done():
			return context.Cause(while)
		}
	}
	opened, err := store.Open(while, l.rembuk.Database())
	if err != nil {
		return err
	}
	for {
		rest, err := l.atRestNow(while, opened)
		if rest || err != nil {
			return errors.Join(err, opened.Close())
		}
		select {
		case <-time.After(5 * time.Millisecond):
		case <-while.Done():
			return errors.Join(context.Cause(while), opened.Close())
		}
	}
}

// atRestNow looks at the database on both sides of the poll, as what is being handed
// over is in neither of them for a moment.
func (l *life) atRestNow(ctx context.Context, opened *store.Store) (bool, error) {
	for range 2 {
		if !l.town.telegram.PollWaiting() {
			return false, nil
		}
		waiting, due := 0, 0
		err := opened.View(ctx, func(tx *store.Tx) (err error) {
			if waiting, err = tx.CountWaiting(); err != nil {
				return err
			}
			if due, _, err = tx.CountOutbox(time.Now().Add(time.Hour)); err != nil {
				return err
			}
			next, err := tx.NextReminder()
			if err == nil && next.Before(l.clock.Add(time.Since(l.began)+time.Second)) {
				due++
			}
			if errors.Is(err, store.ErrNotFound) {
				return nil
			}
			return err
		})
		if err != nil || waiting+due > 0 {
			return false, err
		}
	}
	return true, nil
}

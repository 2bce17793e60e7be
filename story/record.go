package story

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Recorder writes down what people do by hand on a stage, and what the bot says to it, as further steps of a script. It
// is the Observer of the local Telegram; whatever else changes it must be told. Settle is to be called before somebody
// does something, so that what was said until then stands before it in the script.
type Recorder struct {
	stage *Stage
	files []File

	turn     sync.Mutex // for all below but what pending guards; held while the stage is looked at
	steps    []Step
	clock    time.Time
	presses  int // of the local Telegram, until now
	problems []error

	guard   sync.Mutex // held for moments only, while the local Telegram may be locked
	pending []deed
	done    int
}

// deed is something that happened and has not become a step yet.
type deed struct {
	at    time.Time
	act   sim.Act
	step  Step // ready, when there is no act
	words string
	back  int
}

// Record writes down everything that is done from now on, after the steps of the stage's script.
func (s *Stage) Record() *Recorder { return s.record(s.script.Steps) }

func (s *Stage) record(before []Step) *Recorder {
	if len(before) == 0 {
		before = s.script.Steps[:1] // which says when it begins
	}
	r := &Recorder{stage: s, steps: slices.Clone(before), files: slices.Clone(s.script.Files), clock: s.program.Now(), presses: len(s.telegram.Presses())}
	s.telegram.SetObserver(r)
	return r
}

// Close writes nothing down any more.
func (r *Recorder) Close() { r.stage.telegram.SetObserver(nil) }

// Observe notes an act of somebody.
func (r *Recorder) Observe(act sim.Act, shown func(chat int64) []sim.Shown) {
	noted := deed{at: r.stage.program.Now(), act: act}
	if act.Message != 0 {
		noted.words, noted.back = lead(readable(shown(act.Chat)), act)
	}
	r.note(noted)
}

// Program notes that the program was stopped, started or has died: Stop, Start or Die.
func (r *Recorder) Program(kind Kind) {
	r.turn.Lock()
	defer r.turn.Unlock()
	r.stage.running = kind == Start
	r.note(deed{at: r.stage.program.Now(), step: Step{Kind: kind}})
}

func (r *Recorder) note(noted deed) {
	r.guard.Lock()
	defer r.guard.Unlock()
	r.pending = append(r.pending, noted)
	r.done++
}

// settling is how long, in real time, somebody who does something by hand waits for the bot to come to rest before.
const settling = 3 * time.Second

// Settle waits a while for the bot to come to rest, and writes down what has happened since the last time.
func (r *Recorder) Settle(ctx context.Context) {
	r.turn.Lock()
	defer r.turn.Unlock()
	s := r.stage
	if s.running {
		waiting, cancel := context.WithTimeout(ctx, settling)
		_ = s.program.Quiet(waiting) // whatever it says later stands after what is done next, as it comes
		cancel()
	}
	r.meet()
	if err := s.look(); err != nil {
		r.problems = append(r.problems, err)
	}
	r.guard.Lock()
	deeds := r.pending
	r.pending = nil
	r.guard.Unlock()
	r.write(deeds)
}

// write makes steps of what happened, and expectations of what the bot has said.
func (r *Recorder) write(deeds []deed) {
	heard := r.hear()
	pressed := r.pressed()
	acted := false
	for _, one := range r.album(deeds) {
		heard = r.expectUntil(heard, one.at)
		if r.moveClock(one.at) {
			acted = false
		}
		step, known := r.stepOf(one)
		if !known {
			continue
		}
		step.Meanwhile, acted = acted, true
		r.steps = append(r.steps, step)
	}
	r.expectToasts(pressed)
	moved := r.expectAll(heard)
	if r.moveClock(r.stage.program.Now()) {
		moved = true
	}
	r.expectEdits(moved)
}

// moveClock writes that the clock shows another moment, to the second, if it does.
func (r *Recorder) moveClock(moment time.Time) (moved bool) {
	moment = moment.In(r.stage.zone).Truncate(time.Second)
	if moment.Equal(r.clock.Truncate(time.Second)) {
		return false
	}
	kind := At
	if moment.Before(r.clock) {
		kind = SetBack
	}
	step := Step{Kind: kind, Date: moment.Format(time.DateOnly), Clock: moment.Format("15:04")}
	if moment.Second() != 0 {
		step.Clock = moment.Format(time.TimeOnly)
	}
	r.clock = moment
	r.steps = append(r.steps, step)
	return true
}

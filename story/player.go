package story

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Mode is what a Player is doing.
type Mode string

// Modes of a Player.
const (
	Preparing Mode = "preparing" // the cast is put on the stage
	Playing   Mode = "playing"
	Paused    Mode = "paused"
	Ended     Mode = "ended"
	Left      Mode = "left" // somebody else goes on by hand
)

// Player plays the script of a stage while somebody watches: step by step, at reading speed, or at once.
type Player struct {
	stage *Stage
	told  func() // is called after every change
	ended chan struct{}
	wake  chan struct{}

	mutex    sync.Mutex
	progress Progress
	since    time.Time // when the latest step was played, in real time
	single   bool      // one step is to be played although it is paused
	leaving  bool
}

// Progress is how far a Player has come.
type Progress struct {
	Mode     Mode
	Speed    float64   // of reading; 0 is without any pause
	Outcomes []Outcome // of the steps that have been played
	Problem  error     // because of which it could not go on at all
}

// NewPlayer plays at a speed from the first step on, or waits before it when paused. told is called after everything
// that happens.
func NewPlayer(stage *Stage, speed float64, paused bool, told func()) *Player {
	player := &Player{stage: stage, told: told, ended: make(chan struct{}), wake: make(chan struct{}, 1)}
	player.progress = Progress{Mode: Preparing, Speed: speed}
	player.single = paused
	return player
}

// Run starts the program and plays until the context is done or the Player is left. The program stays as it is then.
func (p *Player) Run(ctx context.Context, program Program) {
	defer close(p.ended)
	err := p.stage.open(ctx, program)
	p.change(func() {
		p.progress.Mode, p.progress.Problem = Playing, err
		if p.single {
			p.progress.Mode, p.single = Paused, false
		}
		if err != nil {
			p.progress.Mode = Ended
		}
	})
	for p.await(ctx) {
		p.playNext(ctx)
	}
	p.change(func() { p.progress.Mode = Left })
}

// Script is what is played.
func (p *Player) Script() Script { return p.stage.script }

// Progress tells how far it has come.
func (p *Player) Progress() Progress {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	progress := p.progress
	progress.Outcomes = slices.Clone(progress.Outcomes)
	return progress
}

// Play goes on by itself at a speed; 0 is without any pause.
func (p *Player) Play(speed float64) {
	p.change(func() {
		p.progress.Speed = speed
		if p.progress.Mode == Paused {
			p.progress.Mode = Playing
			p.since = time.Time{} // the pause has been long enough
		}
	})
}

// Pause stands still after the present step.
func (p *Player) Pause() {
	p.change(func() {
		if p.progress.Mode == Playing {
			p.progress.Mode = Paused
		}
	})
}

// Step plays one more step and stands still after it. Whoever asks again before that one has been played asks for the
// same one: a finger that taps twice sees nothing pass by.
func (p *Player) Step() {
	p.change(func() {
		if p.progress.Mode == Playing || p.progress.Mode == Paused {
			p.progress.Mode, p.single = Paused, true
		}
	})
}

// Leave ends the playing after the present step, so that people go on by hand. The Recorder writes down what they do,
// as the rest of the script. It may be called once, after Run.
func (p *Player) Leave() *Recorder {
	p.change(func() { p.leaving = true })
	<-p.ended
	return p.stage.record(p.Progress().kept(p.stage.script.Steps))
}

// change changes something, and tells of it.
func (p *Player) change(what func()) {
	p.mutex.Lock()
	what()
	p.mutex.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
	p.told()
}

// await waits until the next step is to be played; false when no more will be.
func (p *Player) await(ctx context.Context) bool {
	for ctx.Err() == nil {
		wait, over := p.next()
		if over || wait == 0 {
			return !over
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-p.wake:
		case <-ctx.Done():
		}
		timer.Stop()
	}
	return false
}

// unasked is how long the next step waits that has not been asked for.
const unasked = time.Hour

// next tells how long it is until the next step, or that it is over.
func (p *Player) next() (wait time.Duration, over bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	progress := &p.progress
	switch {
	case p.leaving:
		return 0, true
	case progress.Mode == Paused && p.single:
		return 0, false
	case progress.Mode != Playing:
		return unasked, false
	case progress.Speed == 0 || len(progress.Outcomes) == 0:
		return 0, false
	}
	latest := progress.Outcomes[len(progress.Outcomes)-1]
	pause := time.Duration(float64(latest.reading()) / progress.Speed)
	return max(0, pause-time.Since(p.since)), false
}

// playNext plays a step, and those that happen meanwhile.
func (p *Player) playNext(ctx context.Context) {
	for {
		at := len(p.Progress().Outcomes)
		outcome, before := p.stage.perform(ctx, at)
		if ctx.Err() != nil {
			return
		}
		together := !p.stage.script.endsAt(at)
		p.change(func() { p.take(outcome, before) })
		if !together {
			return
		}
	}
}

// take notes what came of a step, and of all before it once more. Whoever watches is to see what is not as it should
// be, so that ends the playing by itself.
func (p *Player) take(outcome Outcome, before error) {
	progress := &p.progress
	if before != nil {
		progress.Outcomes[len(progress.Outcomes)-1].spoil(before)
	}
	progress.Outcomes = append(progress.Outcomes, outcome)
	p.since, p.single = time.Now(), false
	switch {
	case len(progress.Outcomes) == len(p.stage.script.Steps):
		progress.Mode = Ended
	case (before != nil || outcome.Reason != "") && progress.Mode == Playing:
		progress.Mode = Paused
	}
}

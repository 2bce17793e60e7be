package main

import (
	"context"
	"sync"
	"time"
)

// pace moves a clock on by itself, in small steps. What happens on the way takes
// no time on that clock: it goes on when everything has been said.
type pace struct {
	move func(ctx context.Context, by time.Duration)

	mutex sync.Mutex
	speed int
	end   func() // ends the steps and waits for the last of them
}

// paceStep is how long, in real time, a step takes; a clock that is no faster
// than real time needs fewer.
const (
	paceStep     = 250 * time.Millisecond
	paceStepSlow = time.Second
)

// set makes the clock go so many times as fast as real time; 0 lets it stand.
func (p *pace) set(speed int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.end != nil {
		p.end()
		p.end = nil
	}
	p.speed = speed
	if speed == 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		p.run(ctx, speed)
	}()
	p.end = func() { cancel(); <-ended }
}

// now is how fast the clock goes.
func (p *pace) now() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.speed
}

func (p *pace) run(ctx context.Context, speed int) {
	step := paceStep
	if speed == 1 {
		step = paceStepSlow
	}
	for {
		began := time.Now()
		if err := nap(ctx, step); err != nil {
			return
		}
		p.move(ctx, time.Since(began)*time.Duration(speed))
	}
}

package main

import (
	"context"
	"time"
)

// walk is a move of the clock that is under way.
type walk struct {
	to  time.Time // zero for a step of a clock that goes by itself
	end context.CancelFunc
}

// restPatience is how long, in real time, the bot may take to say what is due at
// one moment.
const restPatience = time.Minute

// Advance moves the clock on, from one thing that falls due to the next, and
// lets each be said at its time, until the context is done or Halt is called.
// Backward it moves at once, and while the bot does not run as well.
func (h *Hosted) Advance(ctx context.Context, to time.Time) error { return h.step(ctx, to, to) }

// step moves the clock on; shown is where the move is said to end.
func (h *Hosted) step(ctx context.Context, to, shown time.Time) error {
	if err := h.takeTurn(ctx); err != nil {
		return nil // ended before it began
	}
	defer h.giveTurn()
	ctx, end := context.WithCancel(ctx)
	defer end()
	h.underWay(walk{shown, end})
	defer h.underWay(walk{})
	for {
		next, waits := h.Next()
		if !waits || !next.After(h.Now()) || next.After(to) {
			break
		}
		h.Set(next)
		if err := h.restOnTheWay(ctx); err != nil || ctx.Err() != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	h.Set(to)
	return h.restOnTheWay(ctx)
}

func (h *Hosted) restOnTheWay(ctx context.Context) error {
	err := h.rest(ctx)
	if h.said != nil {
		h.said(ctx)
	}
	return err
}

// takeTurn waits until nobody else moves the clock or stops or starts the bot.
func (h *Hosted) takeTurn(ctx context.Context) error {
	select {
	case h.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *Hosted) giveTurn() { <-h.turn }

func (h *Hosted) underWay(now walk) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.walk = now
}

// Halt ends the move of the clock that is under way, where it has come.
func (h *Hosted) Halt() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.walk.end != nil {
		h.walk.end()
	}
}

// rest waits until the bot has said what is due, unless it does not run. To be
// ended meanwhile is no error.
func (h *Hosted) rest(ctx context.Context) error {
	patient, cancel := context.WithTimeout(ctx, restPatience)
	defer cancel()
	err := h.Quiet(patient)
	if _, stopped := h.running(); stopped != nil || ctx.Err() != nil {
		return nil
	}
	return err
}

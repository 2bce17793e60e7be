// Package scheduler is the loop that speaks up in time: it asks the store what is
// due now, lets the rules decide, and hands on what is to be said.
//
// The table of reminders is the schedule. A tick that runs twice, or late, does
// the same as one: everything it says is marked in the transaction that says it.
package scheduler

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// Speaker says what is due, inside the scheduler's own transaction.
type Speaker interface {
	// Say queues one message with everything that is due for one person or group.
	Say(ctx context.Context, tx *store.Tx, notice council.Notice) error
	// Timing is the city's calendar and the hour of its mornings, as they are now.
	Timing(tx *store.Tx) (council.Timing, error)
	// Act does what the bot is to do itself at a moment, as closing a poll.
	Act(ctx context.Context, tx *store.Tx, due council.Reminder) error
	// LeaveUnlinked leaves the chats that nobody has linked in time.
	LeaveUnlinked(tx *store.Tx, now time.Time) error
}

// Clock is what reminders live on.
type Clock interface {
	Now() time.Time
	// Wait returns nil when the moment has come or whoever waits should look
	// again, and the context's error when that is done first.
	Wait(ctx context.Context, until time.Time) error
}

// Scheduler is the loop. It is made by New.
type Scheduler struct {
	// Away tells whether nobody can be reached now: what is due waits then, and is
	// decided as things stand when somebody can. The store wakes the loop when that
	// ends. Nil: never.
	Away func() bool

	store   *store.Store
	speaker Speaker
	clock   Clock
	log     *slog.Logger

	planned  string            // with which calendar open reminders are planned
	saying   recipient         // to whom the tick in hand speaks; zero for nobody
	failures map[recipient]int // how often in a row speaking to somebody did not work
	undone   map[int64]int     // how often in a row something the bot does itself did not work
}

// New makes a scheduler. It does nothing yet.
func New(store *store.Store, speaker Speaker, clock Clock, log *slog.Logger) *Scheduler {
	return &Scheduler{store: store, speaker: speaker, clock: clock, log: log, failures: make(map[recipient]int), undone: make(map[int64]int)}
}

// retryAfter is how long, in real time, the loop rests after a turn that did not work.
const retryAfter = time.Second

// lookAhead is how long the loop waits when nothing is planned at all.
const lookAhead = 24 * time.Hour

// Run says what falls due until the context ends or the database is closed.
func (s *Scheduler) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		until, err := s.turn(ctx)
		switch {
		case errors.Is(err, store.ErrClosed):
			return nil
		case err != nil && ctx.Err() == nil:
			s.blame(err)
			pause(ctx, retryAfter)
		case err == nil:
			s.rest(ctx, until)
		}
	}
	return nil
}

// turn plans anew when the calendar has changed, says what is due, and tells
// until when nothing will be.
func (s *Scheduler) turn(ctx context.Context) (time.Time, error) {
	next, plan, err := s.look(ctx)
	if err != nil {
		return next, err
	}
	if plan == "" || plan != s.planned {
		if err := s.planAnew(ctx); err != nil {
			return next, err
		}
		if next, _, err = s.look(ctx); err != nil {
			return next, err
		}
	}
	now := s.clock.Now()
	if next.After(now) {
		return next, nil
	}
	if s.Away != nil && s.Away() {
		return now.Add(lookAhead), nil
	}
	if err := s.act(ctx, now); err != nil {
		return next, err
	}
	if err := s.tell(ctx, now); err != nil {
		return next, err
	}
	maps.DeleteFunc(s.failures, func(_ recipient, times int) bool { return times >= patience }) // they wait an hour now
	next, _, err = s.look(ctx)
	return next, err
}

// look tells when the next thing falls due, and with which calendar open
// reminders are planned. It is all that happens while nothing is due.
func (s *Scheduler) look(ctx context.Context) (next time.Time, plan string, err error) {
	next = s.clock.Now().Add(lookAhead)
	err = s.store.View(ctx, func(tx *store.Tx) (err error) {
		for _, ask := range []func() (time.Time, error){tx.NextReminder, tx.NextLeave} {
			moment, err := ask()
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if moment.Before(next) {
				next = moment
			}
		}
		plan, err = tx.Setting(store.SettingPlan)
		return err
	})
	return next, plan, err
}

// rest waits for a moment, or until something is planned anew.
func (s *Scheduler) rest(ctx context.Context, until time.Time) {
	ctx, wake := context.WithCancel(ctx)
	listening := make(chan struct{})
	go func() {
		defer close(listening)
		select {
		case <-s.store.Rescheduled():
			wake()
		case <-ctx.Done():
		}
	}()
	_ = s.clock.Wait(ctx, until) // whatever ended the wait, the loop looks again
	wake()
	<-listening
}

// blame logs why a turn did not work, and remembers to whom it was speaking.
func (s *Scheduler) blame(err error) {
	to := s.saying
	s.saying = recipient{}
	attributes := []any{"error", err.Error(), "member", to.memberID, "group", to.groupID}
	var panicked *store.PanicError
	if errors.As(err, &panicked) {
		attributes = append(attributes, "stack", string(panicked.Stack))
	}
	s.log.Error("what is due could not be said; trying again", attributes...)
	if to != (recipient{}) && !store.Unavailable(err) {
		s.failures[to]++
	}
}

func pause(ctx context.Context, length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

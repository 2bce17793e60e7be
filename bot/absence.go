package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// contact knows until when Telegram was reached: on the rules' clock, which
// people read, and on the machine's, by which it is known that the machine has
// slept. Whether polls go on is what counts: messages arrive by them.
type contact struct {
	wall func() time.Time // the machine's clock, which goes on while the machine sleeps

	mutex   sync.Mutex
	until   time.Time // on the rules' clock; zero if it was never reached
	seen    time.Time // the same moment on the machine's clock
	written time.Time // when until was last written down, in real time
	lost    bool      // polls do not succeed
	met     bool      // it was reached since the program started
}

const (
	// patienceWithPolls is how far apart two polls may succeed, one after the
	// other, while the line holds. If more time has gone by, the machine slept.
	patienceWithPolls = pollTimeout + time.Minute
	// writtenEvery is how often it is written down that the line holds.
	writtenEvery = time.Minute
)

func newContact() *contact {
	return &contact{wall: func() time.Time { return time.Now().Round(0) }, lost: true}
}

// holds tells whether the line has held up to a moment of the machine's clock.
func (c *contact) holds(wall time.Time) bool {
	return !c.lost && wall.Sub(c.seen) <= patienceWithPolls
}

// Away tells whether Telegram cannot be reached now, or has not been since the
// program started. What falls due then waits: it would not be true any more
// when it arrives.
func (b *Bot) Away() bool {
	b.contact.mutex.Lock()
	defer b.contact.mutex.Unlock()
	return !b.contact.met || b.LineBroken()
}

// LineBroken tells whether polls have failed for want of a line, and none has
// succeeded since.
func (b *Bot) LineBroken() bool { return b.line.isDown(receiving) }

// recallContact reads until when Telegram was reached before the program started.
func (b *Bot) recallContact(tx *store.Tx) error {
	until, err := tx.Connected()
	b.contact.mutex.Lock()
	defer b.contact.mutex.Unlock()
	b.contact.until = until
	return err
}

// reached notes that Telegram has answered. If it had not for a while, that is
// kept as an absence, and the secretariat will be told.
func (b *Bot) reached(ctx context.Context) {
	c, now := b.contact, b.Now()
	c.mutex.Lock()
	wall, from := c.wall(), c.until
	returned := !c.met || !c.holds(wall)
	due := returned || time.Since(c.written) >= writtenEvery
	c.until, c.seen, c.lost, c.met = now, wall, false, true
	if due {
		c.written = time.Now()
	}
	c.mutex.Unlock()
	if !due {
		return
	}
	absence := council.Absence{From: from, Until: now}
	if !returned || from.IsZero() || !absence.Tells() {
		b.writeContact(ctx, now)
		return
	}
	if err := b.store.Update(ctx, func(tx *store.Tx) error { return keepAbsence(tx, absence) }); err != nil && !errors.Is(err, store.ErrClosed) {
		b.log.Error("it could not be kept how long telegram was out of reach", "error", err.Error())
		c.mutex.Lock()
		c.until, c.lost = from, true // tried again with the next poll
		c.mutex.Unlock()
	}
}

func keepAbsence(tx *store.Tx, absence council.Absence) error {
	absence, err := tx.AddAbsence(absence)
	if err != nil {
		return err
	}
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	if err := tx.AddReminders(absence.Plan(groups)); err != nil {
		return err
	}
	return tx.SetConnected(absence.Until)
}

// missed notes that a poll did not succeed. Until now the line held, unless the
// machine has slept.
func (b *Bot) missed(ctx context.Context) {
	b.holdsUntilNow(ctx, true)
}

// ClockMoved is to be called when the rules' clock was moved by hand: while the
// line holds, the time that was passed over is no absence.
func (b *Bot) ClockMoved(ctx context.Context) { b.holdsUntilNow(ctx, false) }

// holdsUntilNow writes down that the line has held until now, if it has.
func (b *Bot) holdsUntilNow(ctx context.Context, lost bool) {
	c, now := b.contact, b.Now()
	c.mutex.Lock()
	held := c.met && c.holds(c.wall())
	if held {
		c.until, c.written = now, time.Now()
	}
	c.lost = c.lost || lost
	c.mutex.Unlock()
	if held {
		b.writeContact(ctx, now)
	}
}

func (b *Bot) writeContact(ctx context.Context, until time.Time) {
	err := b.store.Note(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SetConnected(until) })
	if err != nil && !errors.Is(err, store.ErrClosed) {
		b.log.Error("it could not be written down that telegram was reached", "error", err.Error())
	}
}

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
	wall  func() time.Time // the machine's clock, which goes on while the machine sleeps
	began time.Time        // on the machine's clock, when the program began to reach for Telegram

	mutex   sync.Mutex
	until   time.Time // on the rules' clock; zero if it was never reached
	seen    time.Time // the same moment on the machine's clock
	written time.Time // when until was last written down, in real time
	lost    bool      // polls do not succeed
	met     bool      // it was reached since the program started

	cause council.Cause // why it is not reached, or was not before the program started
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

// recallContact reads until when Telegram was reached before the program started, and
// how that ended.
func (b *Bot) recallContact(tx *store.Tx) error {
	until, err := tx.Connected()
	if err != nil {
		return err
	}
	stopped, err := tx.WasStopped()
	b.contact.mutex.Lock()
	defer b.contact.mutex.Unlock()
	b.contact.until = until
	if b.contact.cause == "" {
		b.contact.cause = council.CauseKilled
		if stopped {
			b.contact.cause = council.CauseStopped
		}
	}
	return err
}

// blame notes why Telegram is not reached. A call that fails just after a start is not why
// the program was away before it.
func (c *contact) blame(cause council.Cause) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.met || c.wall().Sub(c.began) > patienceWithPolls {
		c.cause = cause
	}
}

// reached notes that Telegram has answered. If it had not for a while, that is
// kept as an absence, and the secretariat will be told. Until then the bot counts as away,
// so that what waited is counted before it is said.
func (b *Bot) reached(ctx context.Context) {
	c, now := b.contact, b.Now()
	c.mutex.Lock()
	wall, from, cause := c.wall(), c.until, c.cause
	returned := !c.met || !c.holds(wall)
	if c.met && !c.lost {
		cause = council.CauseAsleep
	}
	due := returned || time.Since(c.written) >= writtenEvery
	c.until, c.seen, c.lost = now, wall, false
	if due {
		c.written = time.Now()
	}
	c.mutex.Unlock()
	if !due {
		return
	}
	absence := council.Absence{From: from, Until: now, Cause: cause}
	if !returned || from.IsZero() || !absence.Tells() {
		b.writeContact(ctx, now)
	} else if err := b.keepAbsence(ctx, absence); err != nil {
		if !errors.Is(err, store.ErrClosed) {
			b.log.Error("it could not be kept how long telegram was out of reach", "error", err.Error())
		}
		c.mutex.Lock()
		c.until, c.lost = from, true // tried again with the next poll
		c.mutex.Unlock()
		return
	}
	c.mutex.Lock()
	c.met = true
	c.mutex.Unlock()
	b.line.works(b.log, receiving)
	if returned {
		b.store.LookAgain()
	}
}

// keepAbsence keeps an absence that is over, with what was missed, plans to whom it is
// told, and tells the operator.
func (b *Bot) keepAbsence(ctx context.Context, absence council.Absence) error {
	pending := b.pending(ctx)
	err := b.store.Update(ctx, func(tx *store.Tx) (err error) {
		if absence.Missed, err = tx.Missed(absence.Until); err != nil {
			return err
		}
		absence.Missed.Updates = max(absence.Missed.Updates, pending)
		if absence, err = tx.AddAbsence(absence); err != nil {
			return err
		}
		if err := planAbsence(tx, absence); err != nil {
			return err
		}
		return tx.SetConnected(absence.Until)
	})
	if err == nil {
		b.logAbsence(absence)
	}
	return err
}

func planAbsence(tx *store.Tx, absence council.Absence) error {
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	return tx.AddReminders(absence.Plan(groups))
}

// logAbsence says in one line what the secretariat reads.
func (b *Bot) logAbsence(absence council.Absence) {
	b.log.Warn("was away", "from", absence.From.UTC(), "until", absence.Until.UTC(), "cause", string(absence.Cause), "reminders due", absence.Missed.Reminders,
		"about", absence.Missed.Subjects, "updates waiting", absence.Missed.Updates, "messages waiting", absence.Missed.Messages)
}

// pending is how many updates wait at Telegram; 0 where it does not say.
func (b *Bot) pending(ctx context.Context) int {
	var info struct {
		Pending int `json:"pending_update_count"`
	}
	for range 2 {
		if err := b.send.call(ctx, "getWebhookInfo", struct{}{}, &info); err == nil {
			break
		}
	}
	return info.Pending
}

// missed notes that a poll did not succeed, and why. Until now the line held, unless
// the machine has slept.
func (b *Bot) missed(ctx context.Context, cause council.Cause) {
	b.contact.blame(cause)
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

// writeContact writes down until when the line has held, and sees to it that it is told what
// was given up meanwhile: the next start, which would do that, may be months away.
func (b *Bot) writeContact(ctx context.Context, until time.Time) {
	var told council.Absence
	err := b.store.Note(context.WithoutCancel(ctx), func(tx *store.Tx) (err error) {
		if err := tx.SetConnected(until); err != nil {
			return err
		}
		told, err = b.planCutOff(tx, council.CutOffToldEvery)
		return err
	})
	switch {
	case err == nil:
		b.saidGivenUp(nil, told)
	case !errors.Is(err, store.ErrClosed):
		b.log.Error("it could not be written down that telegram was reached", "error", err.Error())
	}
}

// noteStop writes down that the program ends because it was told to.
func (b *Bot) noteStop(ctx context.Context) {
	err := b.store.Note(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SetStopped() })
	if err != nil && !errors.Is(err, store.ErrClosed) {
		b.log.Error("it could not be written down that the program ends", "error", err.Error())
	}
}

// Package bot is Telegram's side of the program: it receives updates, leads the
// conversations, and sends what the outbox holds.
//
// An update goes inbox, router, conversation, rules, and back into the outbox
// in one transaction. Nothing is sent from a conversation, and nothing is
// decided in the sender.
package bot

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// Options say how a bot is set up.
type Options struct {
	Store       *store.Store
	Vault       *vault.Vault // where what people file is kept
	Drafts      string       // folder for large files while they are made; empty: the system's
	Book        *locale.Book
	Sentences   []locale.Wording // said in other words, before the coordinators change any
	Log         *slog.Logger
	Token       string
	API         string                          // base URL of the Bot API, without a slash at the end
	Now         func() time.Time                // the rules' clock
	Rehearsal   bool                            // dates are read against the rules' clock, not against when a message was written
	Limits      bool                            // keep Telegram's limits
	Owners      []int64                         // Telegram ids of coordinators from the start
	City        string                          // name of the city; empty: asked of the first coordinator
	Zone        string                          // IANA zone of the city; empty: asked
	Officer     string                          // who looks after personal data, as configured; empty: no consent is asked
	Retention   int                             // for how many months people are remembered of whom nothing more is heard
	Next        func(after time.Time) time.Time // next firing of the morning's cron expression, in after's zone
	Weekly      func(after time.Time) time.Time // the same of the weekly summary's; nil: Mondays 08.00
	Handled     func(took time.Duration)        // hears of every update how long it took, in real time; nil: nobody
	Expressions string                          // what Next and Weekly follow, see council.Timing
}

// Bot is one running bot.
type Bot struct {
	Options
	store *store.Store
	book  *locale.OwnBook
	log   *slog.Logger
	poll  *api // held open for most of a minute
	send  *api
	lanes *lanes
	out   *sender
	line  line

	contact   *contact
	strangers valve

	id       atomic.Int64
	username atomic.Pointer[string]
	polling  atomic.Bool
	lastPoll atomic.Int64 // real unix milliseconds
	city     atomic.Pointer[city]
	words    map[string]command
	presses  map[string]pressHandler
	dialogs  map[string]dialogHandler
	readers  map[string]fileReader
	makers   map[string]fileMaker
	writers  map[string]fileWriter
	counters counters
}

// Timeouts of requests in real time.
const (
	pollTimeout = (pollSeconds + 15) * time.Second
	sendTimeout = 15 * time.Second
	// grace is how long what is in hand may take when the program is asked to
	// end, and lastGrace how long it may take to write down that it was cut off.
	grace     = 4 * time.Second
	lastGrace = 500 * time.Millisecond
)

// New makes a bot. It does nothing yet.
func New(options Options) *Bot {
	b := &Bot{Options: options, store: options.Store, book: options.Book.WithOwn(options.Sentences), log: options.Log}
	b.poll = newAPI(options.API, options.Token, pollTimeout)
	b.send = newAPI(options.API, options.Token, sendTimeout)
	b.words, b.presses, b.dialogs, b.readers = commandWords(options.Book), presses(), dialogs(), fileReaders()
	b.makers, b.writers = fileMakers(), fileWriters()
	b.contact = newContact()
	b.lanes = newLanes(b)
	b.out = newSender(b, options.Limits)
	return b
}

// Username is the bot's own, without @; empty until Telegram has told it.
func (b *Bot) Username() string {
	if name := b.username.Load(); name != nil {
		return *name
	}
	return ""
}

// Run works until the context ends, then finishes what is in hand. It returns
// ErrTokenRefused when Telegram does not accept the token.
func (b *Bot) Run(ctx context.Context) error {
	b.contact.began = b.contact.wall()
	if err := b.meet(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	inHand, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	ctx, stop := context.WithCancel(ctx)
	b.lanes.ctx, b.out.ctx, b.out.inHand = ctx, ctx, inHand
	err := b.prepare(ctx)
	if err == nil {
		b.reached(ctx)
		err = (&receiver{bot: b}).run(ctx)
		b.holdsUntilNow(ctx, false)
		b.noteStop(ctx)
	}
	stop()
	b.finish(cut)
	return err
}

// meet asks Telegram who the bot is, as long as it takes.
func (b *Bot) meet(ctx context.Context) error {
	pause := newPause()
	for ctx.Err() == nil {
		var me models.User
		err := b.send.call(ctx, "getMe", struct{}{}, &me)
		switch {
		case err == nil:
			b.id.Store(me.ID)
			b.username.Store(&me.Username)
			return nil
		case tokenRefused(err):
			return ErrTokenRefused
		case ctx.Err() == nil:
			b.line.broken(b.log, receiving, err)
			b.contact.blame(council.CauseLine)
			wait(ctx, pause.next(err))
		}
	}
	return nil
}

// prepare takes up what was left when the program last ended.
func (b *Bot) prepare(ctx context.Context) error {
	var unsent []store.Queued
	var recent []store.Recent
	var stood []council.Absence
	var givenUp []store.Outgoing
	var told council.Absence
	b.store.OnQueued(b.out.add)
	err := b.store.Update(ctx, func(tx *store.Tx) (err error) {
		if err = tx.Interrupted(); err != nil {
			return err
		}
		now := time.Now()
		if recent, err = tx.RecentlySent(now.Add(-limitSpan), now); err != nil {
			return err
		}
		if err = b.recallContact(tx); err != nil {
			return err
		}
		if stood, err = takeUpStandstills(tx); err != nil {
			return err
		}
		if givenUp, told, err = b.giveUp(tx); err != nil {
			return err
		}
		if unsent, err = tx.OpenOutbox(); err != nil {
			return err
		}
		return b.settle(tx) // last, since the sender hears by itself of what this queues
	})
	if err != nil {
		return err
	}
	for _, standing := range stood {
		b.logAbsence(standing)
	}
	b.saidGivenUp(givenUp, told)
	b.out.gate.recall(recent)
	b.out.add(unsent)
	left, err := b.restoreWaiting(ctx)
	b.log.Info("the bot is running", "username", b.Username(), "updates waiting", left, "messages waiting", len(unsent))
	return err
}

// finish waits for conversations and requests in hand, a few seconds at most.
// Requests that take longer are cut off; they may have arrived.
func (b *Bot) finish(cut func()) {
	done := make(chan struct{})
	go func() {
		b.lanes.end()
		b.out.end()
		close(done)
	}()
	for _, patience := range []time.Duration{grace, lastGrace} {
		select {
		case <-done:
		case <-time.After(patience):
			cut()
		}
	}
	select {
	case <-done:
	default:
		b.log.Warn("some requests did not end in time; they are taken up at the next start")
	}
	b.poll.client.CloseIdleConnections()
	b.send.client.CloseIdleConnections()
}

// polled notes that Telegram has answered a poll.
func (b *Bot) polled(ctx context.Context) {
	b.lastPoll.Store(time.Now().UnixMilli())
	b.reached(ctx)
}

// LastPoll tells when Telegram last answered a poll, in real time.
func (b *Bot) LastPoll() time.Time { return time.UnixMilli(b.lastPoll.Load()) }

// Idle tells whether everything that arrived is handled and everything that may
// be sent now is sent.
func (b *Bot) Idle(ctx context.Context) (bool, error) {
	if !b.polling.Load() {
		return false, nil
	}
	idle := false
	err := b.store.View(ctx, func(tx *store.Tx) error {
		waiting, err := tx.CountWaiting()
		if err != nil {
			return err
		}
		due, _, err := tx.CountOutbox(time.Now())
		idle = waiting == 0 && due == 0
		return err
	})
	return idle, err
}

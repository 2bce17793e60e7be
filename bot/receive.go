package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// ErrTokenRefused ends Run when Telegram does not accept the token.
var ErrTokenRefused = errors.New("telegram refused the bot token")

// pollSeconds is how long Telegram holds a poll open; it allows no more than 50.
const pollSeconds = 50

// pollLimit is how many updates a poll brings at most; Telegram allows no more.
const pollLimit = 100

// updateKinds are the updates the bot asks Telegram for.
var updateKinds = []string{
	models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
	models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
	models.AllowedUpdatePoll, // counts alone; who chose what is not asked for
}

type pollParameters struct {
	Offset         int64    `json:"offset,omitempty"`
	Limit          int      `json:"limit"`
	Timeout        int      `json:"timeout"`
	AllowedUpdates []string `json:"allowed_updates"`
}

// receiver moves updates from Telegram into the inbox. Telegram is told of an
// update only after it is committed: the next poll's offset does that.
type receiver struct {
	bot      *Bot
	offset   int64 // in memory only; after a start Telegram repeats what it was not told of
	failed   bool  // the last poll
	conflict bool
	full     int // so many polls in a row brought all they could
}

// run polls until the context ends or the token is refused.
func (r *receiver) run(ctx context.Context) error {
	pause := newPause()
	for ctx.Err() == nil {
		r.bot.lanes.waitForRoom(ctx)
		r.bot.lanes.leaveWords(r.gathers())
		var raw []json.RawMessage
		r.bot.polling.Store(true)
		err := r.bot.poll.call(ctx, "getUpdates", pollParameters{
			Offset: r.offset, Limit: pollLimit, Timeout: r.timeout(), AllowedUpdates: updateKinds,
		}, &raw)
		r.bot.polling.Store(false)
		if r.full++; len(raw) < pollLimit {
			r.full = 0
		}
		if err == nil && len(raw) > 0 {
			err = r.keep(ctx, raw)
		}
		if err == nil {
			r.bot.polled(ctx)
			pause.reset()
			r.conflict, r.failed = false, false
			continue
		}
		if ctx.Err() == nil {
			r.failed = true
			r.bot.missed(ctx, cause(err))
		}
		if refused := r.explain(ctx, err); refused != nil {
			return refused
		}
		wait(ctx, pause.next(err))
	}
	return nil
}

// timeout is how long Telegram is to hold the next poll. After one that failed it
// is to answer at once, so that it is known soon whether the line is whole again; and while
// many updates come in a row, since what waits for the last of them goes on then.
func (r *receiver) timeout() int {
	if r.failed || r.gathers() {
		return 0
	}
	return pollSeconds
}

// A backlog is more than is handled within two seconds, or so, while the rest of it comes:
// so many polls in a row that brought all they could, or so many updates that wait.
const (
	backlogPolls   = 64
	backlogWaiting = 1000
)

// gathers tells whether there is a backlog, of which all is to be kept before words are
// handled: presses may be at its end, which Telegram drops after minutes, and whoever has
// pressed is watching the button.
func (r *receiver) gathers() bool {
	return r.full >= backlogPolls || r.full > 0 && r.bot.lanes.waiting() >= backlogWaiting
}

// explain tells the operator what is wrong, each thing once, and returns the
// errors that must end the program.
func (r *receiver) explain(ctx context.Context, err error) error {
	var failed *apiError
	switch {
	case ctx.Err() != nil:
		return nil
	case tokenRefused(err):
		return ErrTokenRefused
	case errors.As(err, &failed) && failed.Code == http.StatusConflict:
		if !r.conflict {
			r.bot.log.Warn("another program polls with the same token; waiting for it to end")
		}
		r.conflict = true
	case errors.Is(err, errNotKept):
		r.bot.log.Error("the database does not take what arrived; trying again until it does", "error", err.Error())
	default:
		r.bot.line.broken(r.bot.log, receiving, err)
	}
	return nil
}

// cause is why a poll did not succeed.
func cause(err error) council.Cause {
	var failed *apiError
	switch {
	case errors.Is(err, errNotKept):
		return council.CauseDatabase
	case errors.As(err, &failed) && failed.Code == http.StatusConflict:
		return council.CauseConflict
	}
	return council.CauseLine
}

// errNotKept is what went wrong between Telegram's answer and the inbox.
var errNotKept = errors.New("updates not kept")

// keptTogether is how many updates of a poll share a transaction: while the
// next ones are handled, the answers to the former ones are on their way.
const keptTogether = 25

// keep commits what came, and moves the offset once the disk has it. Meanwhile it is being
// handled already: nothing is said of it before the disk has that too, which stands behind
// it in the log. What came in another order is put into that of its numbers.
func (r *receiver) keep(ctx context.Context, raw []json.RawMessage) error {
	arrived := make([]arrival, 0, len(raw))
	updates := r.readAll(raw)
	slices.SortStableFunc(updates, func(a, b arrival) int { return cmp.Compare(a.id, b.id) })
	next := r.offset
	if last := updates[len(updates)-1].id; last > 0 {
		next = last + 1 // also where it is below: after a week without updates Telegram numbers anew
	}
	for _, update := range updates {
		if update.wanted() {
			arrived = append(arrived, update)
		}
	}
	together := keptTogether
	if r.gathers() {
		together = pollLimit
	}
	for some := range slices.Chunk(arrived, together) {
		if err := r.commit(ctx, some); err != nil {
			return err
		}
	}
	if err := r.bot.store.Sync(); err != nil {
		return fmt.Errorf("%w: %w", errNotKept, err)
	}
	r.offset = next
	return nil
}

// readAll decodes what came, side by side: a full poll takes a while. The last share is
// decoded here, so that a single update changes no hands.
func (r *receiver) readAll(raw []json.RawMessage) []arrival {
	updates := make([]arrival, len(raw))
	share := (len(raw) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	var reading sync.WaitGroup
	for first := 0; first < len(raw); first += share {
		read := func() {
			for at := first; at < min(first+share, len(raw)); at++ {
				updates[at] = r.bot.read(raw[at])
			}
		}
		if first+share < len(raw) {
			reading.Go(read)
		} else {
			read()
		}
	}
	reading.Wait()
	return updates
}

func (r *receiver) commit(ctx context.Context, arrived []arrival) error {
	rows := make([]store.Received, len(arrived))
	byID := make(map[int64]arrival, len(arrived))
	for i, update := range arrived {
		rows[i] = store.Received{UpdateID: update.id, ChatID: update.chatID, Raw: string(update.raw)}
		if update.failure != "" {
			rows[i].Raw = "" // nobody knows whether it was for the bot
		}
		byID[update.id] = update
	}
	if !r.gathers() && r.bot.lanes.idle(arrived) {
		if answered, err := r.answerAtOnce(ctx, rows, byID); err != nil {
			return fmt.Errorf("%w: %w", errNotKept, err)
		} else if answered {
			return nil
		}
	}
	var fresh []store.Received
	err := r.bot.store.Note(ctx, func(tx *store.Tx) (err error) {
		fresh, err = receive(tx, rows, byID)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: %w", errNotKept, err)
	}
	for _, row := range fresh {
		if update := byID[row.UpdateID]; update.failure == "" {
			r.bot.lanes.add(update)
		} else {
			r.bot.log.Warn("an update could not be read and was set aside", "update", update.id, "reason", update.failure)
		}
	}
	return nil
}

// receive keeps updates in the inbox; those that cannot be decoded are set aside.
func receive(tx *store.Tx, rows []store.Received, byID map[int64]arrival) ([]store.Received, error) {
	fresh, err := tx.Receive(rows, time.Now())
	for _, row := range fresh {
		if failure := byID[row.UpdateID].failure; err == nil && failure != "" {
			err = tx.SetAside(row.UpdateID, undecodable, failure)
		}
	}
	return fresh, err
}

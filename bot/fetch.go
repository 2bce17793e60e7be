package bot

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/report"
	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// fileReader takes a file that was fetched, or learns why it could not be, in the
// name of whoever asked for it. What it refuses or replies is said there.
type fileReader func(r *request, file fetchedFile) error

// fileReaders maps what files are fetched for to what reads them. These words
// stand in the outbox: they are added to, never changed.
func fileReaders() map[string]fileReader {
	return map[string]fileReader{
		fetchHolidays: (*request).readHolidayFile, fetchIndicators: (*request).readSheet,
		fetchEvidence: (*request).keepEvidence,
		fetchWording:  (*request).readWordings,
	}
}

// fetchedFile is a file that somebody sent.
type fetchedFile struct {
	store.Fetch
	content []byte
	hash    string       // of what goes into the vault, instead of its content
	size    int64        // of that, in bytes
	failure fetchFailure // why there is no content

	sheet  report.IndicatorSheet // read before the transaction, for which nobody may wait so long
	unread error                 // why there is no sheet
}

// fetchFailure is why a file cannot be had.
type fetchFailure string

const (
	fetchTooLarge fetchFailure = "too_large"
	fetchGone     fetchFailure = "gone" // Telegram does not give it out, or not in time
)

// How long a file is tried to be fetched after it was sent: where somebody waits for
// what is in it, and where it is to be kept. Then how long the pauses in between are
// at least. Telegram gives files out for longer.
const (
	fetchPatience = 10 * time.Minute
	keepPatience  = 3 * 24 * time.Hour
	fetchPause    = time.Second
)

// fetchesAtOnce is how many files are on their way at once: they take longer than
// messages, which must not wait for them.
const fetchesAtOnce = 4

// queueFetch lets a file be fetched and handed to what reads it for this purpose.
// words are what was written beside it; the file may have so many bytes.
func (r *request) queueFetch(purpose, fileID string, limit int, words string) error {
	fetch := newFetch(purpose, fileID, limit, words)
	fetch.MemberID = r.actor.ID
	if r.message != nil { // rather than a press
		fetch.MessageID = r.message.ID
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, ThreadID: r.thread, Kind: store.KindFetch, Priority: store.PriorityAnswer, Payload: store.Payload{Fetch: &fetch},
	}, time.Now())
}

// newFetch is a file to be fetched from now on.
func newFetch(purpose, fileID string, limit int, words string) store.Fetch {
	patience := fetchPatience
	if purpose == fetchEvidence {
		patience = keepPatience
	}
	return store.Fetch{FileID: fileID, Purpose: purpose, Limit: limit, Words: words, Until: time.Now().Add(patience).UnixMilli()}
}

// fetch fetches the file of a row that was taken and hands it on. Until that is
// kept, the row counts as being sent: after a kill the file is fetched again.
func (s *sender) fetch(out store.Outgoing) {
	fetched := fetchedFile{Fetch: *out.Payload.Fetch}
	err := s.bot.takeFile(s.inHand, &fetched)
	if line := (*lineError)(nil); errors.As(err, &line) {
		line.Written = false // nothing was changed that might have been changed twice
	}
	switch {
	case errors.Is(err, errFileTooLarge):
		fetched.failure = fetchTooLarge
	case errors.Is(err, errFileGone):
		fetched.failure = fetchGone
	case errors.Is(err, errNotStored) && s.waitsForRoom(out, err):
		return
	case err != nil && (classify(out, err) != endedLater || s.inHand.Err() == nil && time.Now().UnixMilli() > fetched.Until):
		s.bot.log.Warn("a file could not be fetched", "reason", reason(err))
		fetched.failure = fetchGone
	case err != nil:
		s.record(out, result{ending: endedLater, delay: max(fetchPause, s.troubleOf(out).next(err)), err: err})
		return
	case !strings.HasPrefix(fetched.FileID, madePrefix):
		s.bot.line.works(s.bot.log, sending)
	}
	s.handOver(out, fetched)
}

// takeFile fetches a file: what is to be kept goes into the vault while it comes in,
// all else into memory.
func (b *Bot) takeFile(ctx context.Context, fetched *fetchedFile) (err error) {
	if file, made := fileOfID(fetched.FileID); made && fetched.Purpose == fetchEvidence {
		return b.keepMade(ctx, file, fetched)
	}
	if fetched.Purpose != fetchEvidence {
		if fetched.content, err = b.send.fetch(ctx, fetched.FileID, fetched.Limit); err == nil && fetched.Purpose == fetchIndicators {
			fetched.sheet, fetched.unread = report.ReadIndicators(fetched.content, b.ownGroups())
		}
		return err
	}
	return b.send.fetchInto(ctx, fetched.FileID, fetched.Limit, func(body io.Reader) (err error) {
		fetched.hash, fetched.size, err = b.Vault.Put(body, int64(fetched.Limit))
		if errors.Is(err, vault.ErrTooLarge) {
			return errFileTooLarge
		}
		return err
	})
}

// waitsForRoom queues a file again that the disk does not take, unless it has been
// tried for long enough.
func (s *sender) waitsForRoom(out store.Outgoing, err error) bool {
	s.bot.log.Error("the disk does not take a file; trying again", "error", err.Error())
	if time.Now().UnixMilli() > out.Payload.Fetch.Until {
		return false
	}
	s.record(out, result{ending: endedLater, delay: s.troubleOf(out).next(nil), err: err})
	return true
}

// troubleOf is how a fetch that does not succeed waits: longer each time.
func (s *sender) troubleOf(out store.Outgoing) *pause {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.trouble[out.ID] == nil {
		s.trouble[out.ID] = newPause()
	}
	return s.trouble[out.ID]
}

// handOver lets the file be read in the transaction that ends its row. What fails
// for a reason of its own is given up after three tries, and whoever sent the file
// is told.
func (s *sender) handOver(out store.Outgoing, fetched fetchedFile) {
	s.mutex.Lock()
	delete(s.trouble, out.ID)
	s.mutex.Unlock()
	pause := newPause()
	for failures := 0; ; {
		err := s.bot.store.Update(context.WithoutCancel(s.ctx), func(tx *store.Tx) error {
			if err := tx.Sent(out, 0, time.Now()); err != nil {
				return err
			}
			if failures == tries {
				return s.bot.sayNotRead(tx, out)
			}
			return s.bot.readFile(tx, out, fetched)
		})
		switch {
		case err == nil || errors.Is(err, store.ErrClosed):
			return
		case errors.Is(err, errTakenAway):
			s.record(out, result{ending: endedLater, err: err})
			return
		case !store.Unavailable(err) && failures < tries:
			failures++
		}
		s.bot.log.Error("a file could not be read; trying again", "purpose", fetched.Purpose, "error", err.Error())
		wait(s.ctx, pause.next(err))
		if s.ctx.Err() != nil {
			return
		}
	}
}

// readFile hands a file to what reads it.
func (b *Bot) readFile(tx *store.Tx, out store.Outgoing, fetched fetchedFile) error {
	read, known := b.readers[fetched.Purpose]
	if !known {
		return b.sayNotRead(tx, out)
	}
	r, err := b.requestOf(tx, out)
	if err != nil {
		return err
	}
	err = read(r, fetched)
	var refusal *council.Refusal
	if errors.As(err, &refusal) {
		return r.refuse(refusal)
	}
	return err
}

// requestOf is the request in which a file was sent, as it would be made now.
func (b *Bot) requestOf(tx *store.Tx, out store.Outgoing) (*request, error) {
	fetch := out.Payload.Fetch
	r := &request{Bot: b, tx: tx, now: b.Now(), chatID: out.ChatID, thread: out.ThreadID, private: out.ChatID > 0,
		message: &models.Message{ID: fetch.MessageID}, text: fetch.Words}
	r.written = r.now
	var err error
	if r.city, err = b.cityNow(tx); err != nil {
		return nil, err
	}
	member, err := tx.Member(fetch.MemberID)
	if err != nil {
		return nil, err
	}
	if r.actor, err = tx.Actor(member); err != nil {
		return nil, err
	}
	r.speak = b.speaker(member)
	if r.private {
		return r, nil
	}
	if r.group, err = tx.GroupOf(out.ChatID, out.ThreadID); notFoundIsNil(err) != nil {
		return nil, err
	}
	if r.linked() {
		r.speak = b.book.In(r.group.Language)
	}
	return r, nil
}

// sayNotRead asks whoever sent a file to send it once more.
func (b *Bot) sayNotRead(tx *store.Tx, out store.Outgoing) error {
	return tx.Queue(store.Outgoing{
		ChatID: out.ChatID, ThreadID: out.ThreadID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: b.book.In("").Say("refused.set_aside")},
	}, time.Now())
}

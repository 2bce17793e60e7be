package bot

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// send takes one row, sends it, and records how that ended. The row is marked
// before the request goes out: after a kill it is known that it may have arrived.
func (s *sender) send(row store.Queued, trouble *pause, ticket *ticket) {
	out, err := s.bot.store.Claim(context.WithoutCancel(s.ctx), row.ID)
	switch {
	case errors.Is(err, store.ErrNotFound) || errors.Is(err, store.ErrClosed):
		ticket.unused()
		return // already ended, as when its chat was found to be gone
	case err != nil:
		s.bot.log.Error("a message could not be taken from the outbox", "error", err.Error())
		s.again(row)
		return
	}
	s.deliver(out, trouble, ticket)
}

// deliver sends a row that was taken, and records how that ended.
func (s *sender) deliver(out store.Outgoing, trouble *pause, ticket *ticket) {
	if out.Kind == store.KindFetch {
		s.fetch(out)
		return
	}
	if out.Kind == store.KindForget {
		s.forget(out)
		return
	}
	if out.Kind == store.KindCompact {
		s.compact(out)
		return
	}
	if out.Attempts > 1 && !repeatable(out) {
		s.record(out, result{ending: endedUnknown})
		return
	}
	r := s.attempt(s.inHand, out)
	ticket.heard()
	if r.ending == endedLater {
		r.delay = trouble.next(r.err)
	} else {
		trouble.reset()
	}
	s.record(out, r)
}

// again puts a row back in memory after a second; in the database it still waits.
func (s *sender) again(row store.Queued) {
	row.NotBefore = time.Now().Add(time.Second)
	s.add([]store.Queued{row})
}

// record keeps the outcome of an attempt. It tries until the database takes it:
// a message that was sent must not be sent again.
func (s *sender) record(out store.Outgoing, r result) {
	switch {
	case r.ending == endedLater, r.ending == endedUnknown && r.err != nil:
		s.hold(r)
	case r.ending != endedUnknown:
		s.bot.line.works(s.bot.log, sending)
	}
	keep := s.bot.store.Update
	if r.ending == endedSent {
		keep = s.bot.store.Note // forgotten with the machine's power, it is sent once more: as after a kill
	}
	pause := newPause()
	for {
		err := keep(context.WithoutCancel(s.ctx), func(tx *store.Tx) error {
			if err := s.keep(tx, out, r); err != nil {
				return err
			}
			return s.bot.keepPoll(tx, out, r)
		})
		if err == nil {
			s.bot.countSend(out, r.ending)
		}
		switch {
		case err == nil && r.ending == endedMoved:
			s.moved(out.ChatID, migratedTo(r.err))
			return
		case err == nil || errors.Is(err, store.ErrClosed):
			return
		}
		s.bot.log.Error("the outcome of a message could not be kept; trying again until it can", "error", err.Error())
		wait(s.ctx, pause.next(err))
		if s.ctx.Err() != nil {
			return
		}
	}
}

// hold keeps everybody waiting while Telegram cannot be reached.
func (s *sender) hold(r result) {
	if errors.Is(r.err, errNotStored) || errors.Is(r.err, errTakenAway) {
		return // the line is whole
	}
	var failed *apiError
	if errors.As(r.err, &failed) && failed.Code == http.StatusTooManyRequests {
		s.bot.counters.tooMany.Add(1)
		return // the chat waits, see keep; other chats have limits of their own
	}
	var line *lineError
	lost := errors.As(r.err, &line)
	if lost && line.Written {
		s.bot.counters.broken.Add(1)
	}
	if s.ctx.Err() != nil {
		return // the program is ending: the next one tries again
	}
	s.bot.line.broken(s.bot.log, sending, r.err)
	if s.probe() && lost {
		// After an answer that Telegram is not well, only another answer shows that it is again.
		s.bot.line.works(s.bot.log, sending)
	}
}

func errorOr(err error, text string) error {
	if err != nil {
		return err
	}
	return errors.New(text)
}

// probe waits until a call on a fresh connection has succeeded; false when the
// program ended before. Requests that broke together share one probe.
func (s *sender) probe() (works bool) {
	broke := time.Now()
	s.gate.closeWhile(func() {
		s.probing <- struct{}{}
		defer func() { <-s.probing }()
		if works = s.worked.After(broke); works {
			return
		}
		s.bot.send.freshConnection()
		pause := newPause()
		for s.ctx.Err() == nil {
			err := s.bot.send.call(s.ctx, "getMe", struct{}{}, nil)
			if works = err == nil; works {
				s.worked = time.Now()
				return
			}
			wait(s.ctx, pause.next(err))
		}
	})
	return works
}

// keep writes the outcome down, in the transaction it is given, and
// tells those who wait for it.
func (s *sender) keep(tx *store.Tx, out store.Outgoing, r result) error {
	if err := s.write(tx, out, r); err != nil {
		return err
	}
	return s.bot.copyEnded(tx, out)
}

func (s *sender) write(tx *store.Tx, out store.Outgoing, r result) error {
	now := time.Now()
	switch r.ending {
	case endedAfresh, endedTopic, endedMoved, endedNever:
		out.Attempts = 0 // what Telegram refuses it had not done before either: what is sent instead may break once more
	}
	switch r.ending {
	case endedSent:
		return tx.Sent(out, r.messageID, now, r.others...)
	case endedLater:
		return tx.Later(out, out.Attempts, now.Add(r.delay))
	case endedUnknown:
		if out.Attempts > 0 {
			return tx.Unknown(out.ID, now)
		}
		return tx.Later(out, 1, time.Time{})
	case endedAfresh:
		return s.afresh(tx, out)
	case endedTopic:
		return s.withoutTopic(tx, out)
	case endedKept:
		return s.takeWordsBack(tx, out)
	case endedMoved:
		if err := tx.Migrate(out.ChatID, migratedTo(r.err)); err != nil {
			return err
		}
		out.ChatID = migratedTo(r.err)
		return tx.Later(out, out.Attempts, time.Time{})
	}
	return s.never(tx, out, r.err, now)
}

// migratedTo is the new id of a group that became a supergroup, 0 if it did not.
func migratedTo(err error) int64 {
	var failed *apiError
	if !errors.As(err, &failed) {
		return 0
	}
	return failed.MigrateTo
}

// afresh sends a card or a preview anew whose message is gone.
func (s *sender) afresh(tx *store.Tx, out store.Outgoing) error {
	if out.Payload.EditOnly {
		return tx.Never(out.ID, "its message is gone", time.Now())
	}
	if out.CardID != 0 {
		if err := tx.ForgetCardMessage(out.CardID, out.ThreadID); err != nil {
			return err
		}
		return tx.Later(out, out.Attempts, time.Time{})
	}
	if err := tx.Never(out.ID, "sent afresh", time.Now()); err != nil {
		return err
	}
	out.Kind, out.Payload.MessageID = store.KindMessage, 0
	return tx.Queue(out, time.Now())
}

// withoutTopic falls back to the general topic when the group's own is gone.
func (s *sender) withoutTopic(tx *store.Tx, out store.Outgoing) error {
	if err := tx.DropTopic(out.ChatID, out.ThreadID); err != nil {
		return err
	}
	if err := s.bot.recordGroups(tx, out.ChatID, 0, groupTopic); err != nil {
		return err
	}
	if out.CardID != 0 {
		if err := tx.ForgetCardMessage(out.CardID, 0); err != nil {
			return err
		}
	}
	out.ThreadID = 0
	return tx.Later(out, out.Attempts, time.Time{})
}

// never ends a row that cannot be sent, and marks the person or the group that
// cannot be reached again.
func (s *sender) never(tx *store.Tx, out store.Outgoing, cause error, now time.Time) error {
	gone, reach := whyNever(cause)
	if len(out.Payload.Files) > 0 && !gone {
		return s.withoutFiles(tx, out, cause)
	}
	if err := tx.Never(out.ID, reason(cause), now); err != nil {
		return err
	}
	if out.Kind == store.KindAnswer {
		return nil // the press was too old; that says nothing about the chat
	}
	if !gone {
		s.bot.log.Warn("a message was refused", "kind", string(out.Kind), "reason", reason(cause))
		return nil
	}
	if err := s.bot.unreachable(tx, out.ChatID, reach, now); err != nil {
		return err
	}
	return s.bot.undeliveredAfter(tx, out)
}

func reason(err error) string {
	var failed *apiError
	if errors.As(err, &failed) {
		return failed.Description
	}
	return errorOr(err, "unknown").Error()
}

// lostChats are what Telegram answers where nothing can ever arrive any more. Some of
// it comes from behind the Bot API, in capitals.
var lostChats = map[council.Reach][]string{
	council.ReachBlocked: {"blocked by the user", "USER_IS_BLOCKED"},
	council.ReachUnknown: {"can't initiate conversation", "chat not found", "PEER_ID_INVALID"},
	council.ReachGone: {"user is deactivated", "INPUT_USER_DEACTIVATED", "can't send messages to the bot", "bot was kicked", "bot is not a member",
		"group chat was deleted", "have no write access", "not enough rights to send text messages", "CHAT_WRITE_FORBIDDEN", "CHANNEL_PRIVATE"},
}

// whyNever tells whether the chat cannot be reached any more, and for a person why.
func whyNever(err error) (bool, council.Reach) {
	for reach, texts := range lostChats {
		for _, text := range texts {
			if strings.Contains(reason(err), text) {
				return true, reach
			}
		}
	}
	return false, ""
}

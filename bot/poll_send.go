package bot

import (
	"context"
	"strings"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pollPosting is what sendPoll takes; the library's own says which option is right,
// as only a quiz has it. Telegram is not told when the poll ends: it would close it
// by itself, and what is closed already gives its last counts to nobody.
type pollPosting struct {
	ChatID          int64                    `json:"chat_id"`
	MessageThreadID int                      `json:"message_thread_id,omitempty"`
	Question        string                   `json:"question"`
	Options         []models.InputPollOption `json:"options"`
	IsAnonymous     bool                     `json:"is_anonymous"`
	AllowsMultiple  bool                     `json:"allows_multiple_answers,omitempty"`
}

// sentPoll is all that is read of a poll: which it is, and its counts.
type sentPoll struct {
	ID      string              `json:"id"`
	Options []models.PollOption `json:"options"`
	Voters  int                 `json:"total_voter_count"`
	Closed  bool                `json:"is_closed"`
}

func (p sentPoll) tally() council.Tally {
	tally := council.Tally{Voters: p.Voters, Final: p.Closed, Votes: make([]int, len(p.Options))}
	for i, option := range p.Options {
		tally.Votes[i] = option.VoterCount
	}
	return tally
}

func (s *sender) sendPoll(ctx context.Context, out store.Outgoing, message *sentMessage) error {
	if out.Kind == store.KindStopPoll {
		message.Poll = &sentPoll{}
		return s.bot.send.call(ctx, "stopPoll", telegram.StopPollParams{ChatID: out.ChatID, MessageID: out.MessageID}, message.Poll)
	}
	poll := out.Payload.Poll
	posting := pollPosting{ChatID: out.ChatID, MessageThreadID: out.ThreadID, Question: poll.Question, IsAnonymous: !poll.Named, AllowsMultiple: poll.Several}
	for _, option := range poll.Options {
		posting.Options = append(posting.Options, models.InputPollOption{Text: option})
	}
	return s.bot.send.call(ctx, "sendPoll", posting, message)
}

func isPoll(out store.Outgoing) bool {
	return (out.Kind == store.KindPoll || out.Kind == store.KindStopPoll) && out.Payload.Poll != nil
}

// keepPoll writes down what came of posting or closing a copy of a poll, in the
// transaction that ends the row. What follows is left to the bot's next turn.
func (b *Bot) keepPoll(tx *store.Tx, out store.Outgoing, r result) error {
	if !isPoll(out) || r.ending == endedLater || r.ending == endedTopic || r.ending == endedUnknown && out.Attempts == 0 ||
		r.ending == endedMoved && out.Kind == store.KindPoll {
		return nil // it is tried again
	}
	one, err := tx.PollCopy(out.Payload.Poll.Copy)
	if err != nil {
		return notFoundIsNil(err)
	}
	poll, err := tx.Poll(one.Poll)
	if err != nil {
		return err
	}
	if out.Kind == store.KindPoll {
		one, err = posted(tx, poll, one, r)
	} else {
		one = stopped(poll, one, r)
	}
	if err != nil {
		return err
	}
	if err := tx.SavePollCopy(one); err != nil {
		return err
	}
	if one.State == council.CopyPosted && poll.State.Ended() {
		return b.stopCopy(tx, poll, one)
	}
	return b.pollChanged(tx, poll)
}

// posted is a copy after it was posted, or could not be.
func posted(tx *store.Tx, poll council.Poll, one council.PollCopy, r result) (council.PollCopy, error) {
	if r.ending != endedSent {
		return one.Lose(whyMissing(r)), nil
	}
	one.State, one.MessageID = council.CopyPosted, r.messageID
	if r.poll == nil || r.poll.ID == "" {
		return one, nil // its counts come when it is closed
	}
	one.TelegramID = r.poll.ID
	early, err := tx.TakeStrayTally(one.TelegramID)
	if err == nil {
		one, _ = one.Count(early, len(poll.Options))
	}
	return one, notFoundIsNil(err)
}

// stopped is a copy after Telegram was asked to close it.
func stopped(poll council.Poll, one council.PollCopy, r result) council.PollCopy {
	switch {
	case one.Settled():
	case r.ending == endedSent && r.poll != nil && r.poll.ID != "":
		tally := r.poll.tally()
		tally.Final = true
		one, _ = one.Count(tally, len(poll.Options))
	case r.ending == endedSent, strings.Contains(reason(r.err), "poll has already been closed"):
		// As when the line broke after it was closed; Telegram tells the counts by an update.
		if one.State = council.CopyStopped; one.Tally.Final {
			one.State = council.CopyFinal
		}
	default:
		one = one.Lose(whyMissing(r))
	}
	return one
}

// whyMissing names why a copy could not be posted or closed.
func whyMissing(r result) string {
	if r.ending == endedUnknown || r.err == nil {
		return council.MissingUnknown
	}
	text := reason(r.err)
	gone, _ := whyNever(r.err)
	switch {
	case r.ending == endedMoved:
		return council.MissingMoved
	case strings.Contains(text, "poll to stop not found"), strings.Contains(text, "not a poll"):
		return council.MissingDeleted
	case !gone:
		return council.MissingRefused
	}
	return council.MissingLeft
}

// pollChanged lets the cards of a poll show what has changed, in a while; and once
// all that is waited for has come in, lets it end.
func (b *Bot) pollChanged(tx *store.Tx, poll council.Poll) error {
	now := b.Now()
	switch {
	case poll.State.Ended() && poll.State == poll.State.Settled():
		return planPollAct(tx, poll, council.StepPollSettle, poll.CreatedAt, now.Add(pollShowPause))
	case poll.State.Ended():
		waits, err := tx.CountUnsettled(poll.Number)
		if err == nil && waits == 0 {
			return planPollAct(tx, poll, council.StepPollSettle, now, now)
		}
		if err != nil {
			return err
		}
	}
	return planPollAct(tx, poll, council.StepPollShow, poll.CreatedAt, now.Add(pollShowPause))
}

// pollShowPause is how long the cards of a poll wait for further votes before they
// show those that have come in.
const pollShowPause = 3 * time.Second

// planPollAct lets the bot do something for a poll at a moment. There is one such
// plan for each step and anchor at most.
func planPollAct(tx *store.Tx, poll council.Poll, step council.Step, anchor, at time.Time) error {
	return tx.AddReminders([]council.Reminder{{Subject: poll.Reference(), Step: step, Audience: council.ToBot, Anchor: anchor, Due: at}})
}

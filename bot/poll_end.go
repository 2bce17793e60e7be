package bot

import (
	"errors"
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// pollPatience is how long the last counts of a poll are waited for, where closing
// it did not bring them.
const pollPatience = 30 * time.Second

// Keys of the rows that post and close a copy.
func postKey(one council.PollCopy) string { return "poll " + strconv.FormatInt(one.ID, 10) }
func stopKey(one council.PollCopy) string { return "stop poll " + strconv.FormatInt(one.ID, 10) }

// endPoll closes or cancels a poll in all its groups. The counts that this brings
// end it.
func (r *request) endPoll(poll council.Poll, state council.PollState) (council.Poll, error) {
	poll, err := poll.End(state, r.now)
	if err != nil {
		return poll, err
	}
	kind := council.EventClosed
	if state == council.PollCancelling {
		kind = council.EventCancelled
	}
	if err := r.tx.SavePoll(poll); err != nil {
		return poll, err
	}
	if err := r.tx.PlanReminders(poll.Reference(), nil, nil); err != nil {
		return poll, err
	}
	if err := r.tx.ForgetUndo(poll.Reference().String()); err != nil {
		return poll, err
	}
	if err := r.record(poll.Reference(), kind, ""); err != nil {
		return poll, err
	}
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return poll, err
	}
	for _, one := range copies {
		if err := r.endCopy(poll, one); err != nil {
			return poll, err
		}
	}
	if err := planPollAct(r.tx, poll, council.StepPollSettle, poll.CreatedAt, r.now.Add(pollPatience)); err != nil {
		return poll, err
	}
	return poll, r.pollChanged(r.tx, poll)
}

// endCopy closes a copy of a poll, or does not post it any more. What is being
// posted at this moment is closed as soon as it stands.
func (r *request) endCopy(poll council.Poll, one council.PollCopy) error {
	switch one.State {
	case council.CopyWaiting:
		dropped, err := r.tx.DropKeyed(postKey(one), "the poll has ended", time.Now())
		if err != nil || !dropped {
			return err
		}
		return r.tx.SavePollCopy(one.Lose(council.MissingUnsent))
	case council.CopyPosted:
		group, err := r.tx.Group(one.GroupID)
		if notFoundIsNil(err) != nil {
			return err
		}
		if err == nil && !group.Reachable {
			return r.tx.SavePollCopy(one.Lose(council.MissingLeft))
		}
		return r.stopCopy(r.tx, poll, one)
	}
	return nil
}

// stopCopy asks Telegram to close a copy. Whoever votes meanwhile still counts, so
// it leaves before everything that may wait.
func (b *Bot) stopCopy(tx *store.Tx, poll council.Poll, one council.PollCopy) error {
	one.State = council.CopyStopping
	if err := tx.SavePollCopy(one); err != nil {
		return err
	}
	return tx.Queue(store.Outgoing{
		ChatID: one.ChatID, ThreadID: one.ThreadID, Kind: store.KindStopPoll, Priority: store.PriorityAnswer, UniqueKey: stopKey(one),
		Payload: store.Payload{MessageID: one.MessageID, Poll: &store.Poll{Copy: one.ID}},
	}, time.Now())
}

// settlePoll ends a poll once nothing more is waited for. What has no longer a
// chance to come in counts with what is known of it, and what comes in all the
// same corrects what was told.
func (r *request) settlePoll(poll council.Poll) error {
	if poll.State == poll.State.Settled() {
		return errors.Join(r.showPoll(poll), r.tellPoll(poll))
	}
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return err
	}
	for i := range copies {
		if copies[i], err = r.settleCopy(poll, copies[i]); err != nil {
			return err
		}
	}
	if !council.AllSettled(copies) {
		return planPollAct(r.tx, poll, council.StepPollSettle, poll.CreatedAt, r.now.Add(pollPatience))
	}
	poll.State = poll.State.Settled()
	poll.Version++
	if err := r.tx.SavePoll(poll); err != nil {
		return err
	}
	if err := r.tx.PlanReminders(poll.Reference(), nil, nil); err != nil {
		return err
	}
	return errors.Join(r.showPoll(poll), r.tellPoll(poll))
}

// settleCopy gives up waiting for a copy after a while.
func (r *request) settleCopy(poll council.Poll, one council.PollCopy) (council.PollCopy, error) {
	if one.Settled() || r.now.Sub(poll.ClosedAt) < pollPatience {
		return one, nil
	}
	switch one.State {
	case council.CopyStopped:
		one.State = council.CopyFinal
	default:
		key := stopKey(one)
		if one.State == council.CopyWaiting {
			key = postKey(one)
		}
		if waits, err := r.tx.WaitsKeyed(key); err != nil || waits {
			return one, err
		}
		one = one.Lose(council.MissingUnknown)
	}
	return one, r.tx.SavePollCopy(one)
}

// pollsLost makes the copies missing that could not be posted or closed in a group
// before the bot was thrown out of it.
func (b *Bot) pollsLost(tx *store.Tx, chatID int64) error {
	copies, err := tx.PollCopiesIn(chatID)
	if err != nil {
		return err
	}
	for _, one := range copies {
		if one.State == council.CopyPosted {
			continue // until it ends the bot may come back
		}
		if err := tx.SavePollCopy(one.Lose(council.MissingLeft)); err != nil {
			return err
		}
		poll, err := tx.Poll(one.Poll)
		if err != nil {
			return err
		}
		if err := b.pollChanged(tx, poll); err != nil {
			return err
		}
	}
	return nil
}

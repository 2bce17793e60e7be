package bot

import (
	"encoding/json"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// bareCounts is all that is kept of an update about a poll: which it is, and its
// counts. Somebody else's poll, closed in a group of the bot, comes as well, and
// its words are not for the bot.
func bareCounts(update models.Update) ([]byte, error) {
	bare := models.Poll{ID: update.Poll.ID, TotalVoterCount: update.Poll.TotalVoterCount, IsClosed: update.Poll.IsClosed,
		Options: make([]models.PollOption, len(update.Poll.Options))}
	for i, option := range update.Poll.Options {
		bare.Options[i].VoterCount = option.VoterCount
	}
	return json.Marshal(struct {
		ID   int64       `json:"update_id"`
		Poll models.Poll `json:"poll"`
	}{update.ID, bare})
}

// onPoll takes the counts of a poll in one group.
func (r *request) onPoll(counted *models.Poll) error {
	tally := sentPoll{Options: counted.Options, Voters: counted.TotalVoterCount, Closed: counted.IsClosed}.tally()
	one, err := r.tx.PollCopyOf(counted.ID)
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil {
		return r.tx.KeepStrayTally(counted.ID, tally)
	}
	poll, err := r.tx.Poll(one.Poll)
	if err != nil {
		return err
	}
	one, changed := one.Count(tally, len(poll.Options))
	if !changed {
		return nil
	}
	if err := r.tx.SavePollCopy(one); err != nil {
		return err
	}
	return r.pollChanged(r.tx, poll)
}

// actPoll does what is due of a poll.
func (r *request) actPoll(due council.Reminder) error {
	poll, err := r.tx.Poll(due.Subject.Number)
	if err != nil {
		return notFoundIsNil(err)
	}
	switch due.Step {
	case council.StepPollClose:
		if poll.State.Ended() || poll.Deadline.IsZero() || poll.Deadline.At.After(r.now) {
			return nil
		}
		_, err := r.endPoll(poll, council.PollClosing)
		return err
	case council.StepPollShow:
		if err := r.tx.ForgetActs(poll.Reference(), due.Step); err != nil {
			return err
		}
		return r.showPoll(poll)
	case council.StepPollSettle:
		if err := r.tx.ForgetActs(poll.Reference(), due.Step); err != nil {
			return err
		}
		if !poll.State.Ended() {
			return nil
		}
		return r.settlePoll(poll)
	}
	return nil
}

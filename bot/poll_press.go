package bot

import (
	"errors"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// poll finds a poll; a refusal when there is none.
func (r *request) poll(reference council.Reference) (council.Poll, error) {
	poll, err := r.tx.Poll(reference.Number)
	if errors.Is(err, store.ErrNotFound) {
		return poll, council.Refuse("no_such_thing", "Reference", reference.String())
	}
	return poll, err
}

// firstPollCard turns the preview into the poll's card; where others would see it,
// the card goes to the coordinator in private.
func (r *request) firstPollCard(poll council.Poll) error {
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return err
	}
	reachable := r.actor.Reach == council.ReachOpen && r.actor.TelegramID != 0
	if r.private || reachable {
		card, err := r.tx.Card(poll.Reference().String(), cardPoll, r.actor.TelegramID, 0)
		if err == nil && r.private {
			err = r.tx.StandCard(card.ID, r.pressed)
		}
		if err == nil {
			err = r.showPollCard(poll, copies, card)
		}
		if err != nil || r.private {
			return err
		}
	}
	return r.edit(r.speak.Say("poll.made", "Reference", poll.Reference().String(), "Groups", r.speak.Count("poll.groups", len(copies))))
}

// findPoll shows how a poll stands: in private on a card that comes anew, in a
// group its counts alone.
func (r *request) findPoll(reference council.Reference) error {
	if err := r.mayInPlace(council.ActionPoll); err != nil {
		return err
	}
	poll, err := r.poll(reference)
	if err != nil {
		return err
	}
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return err
	}
	if !r.private {
		result := council.Result(copies, len(poll.Options))
		return r.replyAbout(reference.String(), cardPoll, reference.String()+" · "+shorten(poll.Question, cardTitleLimit)+"\n"+r.pollStateLine(r.speak, poll)+"\n"+
			r.speak.Say("poll.result.all", "Groups", groupCount(r.speak, result), "Voters", r.speak.Count("poll.voters", result.Voters), "Votes", pollVotes(poll, result.Votes)))
	}
	card, err := r.tx.Card(reference.String(), cardPoll, r.chatID, 0)
	if err != nil {
		return err
	}
	if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
		return err
	}
	return r.showPollCard(poll, copies, card)
}

// askPollEnd asks once more before a poll is closed or cancelled: Telegram opens
// none again.
func (r *request) askPollEnd(verb string, number int64) error {
	poll, err := r.openPoll(number)
	if err != nil {
		return err
	}
	question := r.speak.Say("poll.ask.sure_"+verb, "Reference", poll.Reference().String(), "Question", shorten(poll.Question, cardTitleLimit))
	if err := r.edit(question, []store.Button{button(r.speak, "poll_yes_"+verb, pressPoll, pollYes, number, verb), button(r.speak, "poll_back", pressPoll, pollBack, number)}); err != nil {
		return err
	}
	return r.toast("")
}

// openPoll finds a poll that people can vote in; a refusal when it has ended, and
// then its cards show so.
func (r *request) openPoll(number int64) (council.Poll, error) {
	poll, err := r.poll(council.Reference{Letter: council.PollLetter, Number: number})
	if err == nil && poll.State.Ended() {
		return poll, errors.Join(r.showPoll(poll), council.Refuse("poll_ended", "Reference", poll.Reference().String()))
	}
	return poll, err
}

// pressPollEnd closes or cancels a poll.
func (r *request) pressPollEnd(verb string, number int64) error {
	poll, err := r.openPoll(number)
	if err != nil {
		return err
	}
	state := council.PollClosing
	if verb == pollCancel {
		state = council.PollCancelling
	}
	if poll, err = r.endPoll(poll, state); err != nil {
		return err
	}
	if err := r.showPoll(poll); err != nil {
		return err
	}
	return r.toast(r.speak.Say("poll.toast."+string(state), "Reference", poll.Reference().String()))
}

// pressPollBack leaves a poll open.
func (r *request) pressPollBack(number int64) error {
	poll, err := r.poll(council.Reference{Letter: council.PollLetter, Number: number})
	if err != nil {
		return err
	}
	if err := r.showPoll(poll); err != nil {
		return err
	}
	return r.toast("")
}

// pollNamed is the poll that a command names, 0 if it names none.
func (r *request) pollNamed() int64 {
	word, _ := firstWord(r.text)
	reference, named := council.ParseReference(word)
	if !named && word == "" {
		reference = r.about
	}
	if reference.Letter != council.PollLetter {
		return 0
	}
	return reference.Number
}

// undoPoll takes back a poll that was made within ten minutes, by cancelling it.
func (r *request) undoPoll(number int64) error {
	if err := r.mayInPlace(council.ActionPoll); err != nil {
		return err
	}
	poll, err := r.openPoll(number)
	if err != nil {
		return err
	}
	var before council.Poll
	if _, err := r.lastUndo(poll.Reference().String(), &before); err != nil {
		return err
	}
	if poll, err = r.endPoll(poll, council.PollCancelling); err != nil {
		return err
	}
	if err := r.showPoll(poll); err != nil {
		return err
	}
	return r.replyAbout(poll.Reference().String(), cardPoll, r.speak.Say("poll.toast."+string(poll.State), "Reference", poll.Reference().String()))
}

package bot

import (
	"errors"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// place is where a card stands, and to whom it speaks.
type place struct {
	speak   speaker
	private bool
	group   council.Group  // the card's group; zero in private
	person  council.Member // whose private chat it is; zero in groups
}

// cardExtra is what a card shows beside the task itself, until its next change.
type cardExtra struct {
	question string           // instead of the third line
	rows     [][]store.Button // before the usual buttons
	undoBy   int64            // who can undo the last change: [Urungkan] in groups and to this member
	only     bool             // rows stand alone
	fresh    bool             // the task was made just now: there is no history
	bare     bool             // no file came with it
}

// standing is what a card shows when nothing about the task has changed just
// now: the last change can still be undone for a while. The making of a task is
// no such change, since the card of a new task has other buttons.
func (r *request) standing(task council.Task) (cardExtra, error) {
	var before council.Task
	undo, err := r.tx.LastUndo(task.Reference().String(), &before)
	if err != nil || undo.Version != task.Version || before.Version == task.Version || r.now.Sub(undo.ChangedAt) > undoTime {
		return cardExtra{}, notFoundIsNil(err)
	}
	return cardExtra{undoBy: undo.MemberID}, nil
}

// showCard puts the card of a task into a chat, or brings it up to date there.
func (r *request) showCard(task council.Task, kind string, chatID int64, thread int, where place, extra cardExtra) error {
	card, err := r.tx.Card(task.Reference().String(), kind, chatID, thread)
	if err != nil {
		return err
	}
	payload, err := r.taskFace(task, kind, where, extra)
	if err != nil {
		return err
	}
	payload.Silent = where.group.ID != 0 && card.MessageID != 0
	return r.tx.Queue(store.Outgoing{
		ChatID: chatID, ThreadID: thread, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID, First: extra.fresh, Payload: payload,
	}, time.Now())
}

// refreshCards brings every card of a task up to date, and what was said of it today.
func (r *request) refreshCards(task council.Task, extra cardExtra) error {
	cards, err := r.tx.Cards(task.Reference().String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		where, err := r.placeOf(card)
		if errors.Is(err, store.ErrNotFound) {
			continue // its group is no longer linked
		}
		if err != nil {
			return err
		}
		if err := r.showCard(task, card.Kind, card.ChatID, card.ThreadID, where, extra); err != nil {
			return err
		}
	}
	return r.refreshDigests(task.Reference())
}

// placeOf finds out where a card stands.
func (r *request) placeOf(card store.Card) (place, error) {
	if card.ChatID > 0 {
		member, err := r.tx.MemberByTelegramID(card.ChatID)
		return place{speak: r.speaker(member), private: true, person: member}, err
	}
	group, err := r.tx.GroupOf(card.ChatID, card.ThreadID)
	return place{speak: r.book.In(group.Language), group: group}, err
}

// privateCard shows a task's card to one person, if the person can be written to.
func (r *request) privateCard(task council.Task, kind string, member council.Member, extra cardExtra) (bool, error) {
	if member.Reach != council.ReachOpen || member.TelegramID == 0 {
		return false, nil
	}
	where := place{speak: r.speaker(member), private: true, person: member}
	return true, r.showCard(task, kind, member.TelegramID, 0, where, extra)
}

// afresh makes a card in a private chat come as a new message at the end of
// the chat, as when something is asked anew.
func (r *request) afresh(task council.Task, kind string, member council.Member) error {
	card, err := r.tx.Card(task.Reference().String(), kind, member.TelegramID, 0)
	if err != nil {
		return err
	}
	return r.tx.ForgetCardMessage(card.ID, 0)
}

// here is the place in which a button was pressed.
func (r *request) here() place {
	if r.private {
		return place{speak: r.speak, private: true, person: r.actor.Member}
	}
	return place{speak: r.speak, group: r.group}
}

package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/store"
)

// draftSubject is what the card is about that shows a person's draft.
func draftSubject(memberID int64) string { return "draft:" + idText(memberID) }

// showDraftCard shows where a person's draft stands, in private: in the message whose
// button was pressed, and below what was written otherwise, unless it stays where it is.
func (r *request) showDraftCard(kind string, stays bool, text string, rows ...[]store.Button) error {
	card, err := r.tx.Card(draftSubject(r.actor.ID), kind, r.actor.TelegramID, 0)
	if err != nil {
		return err
	}
	onDraft := r.press != nil && card.MessageID == r.pressed
	if !onDraft && !stays {
		if err := r.tx.ForgetCardMessage(card.ID, 0); err != nil {
			return err
		}
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.actor.TelegramID, Kind: store.KindCard, Priority: store.PriorityAnswer, CardID: card.ID,
		Payload: store.Payload{Text: text, Buttons: rows, About: kind},
	}, time.Now())
}

// markOfDraft marks what a draft's card says.
func markOfDraft(text string) string { return markOfText(strings.TrimSpace(text)) }

// onDraftCard tells whether the message whose button was pressed shows a draft as it
// stands: it is the draft's card, or says the same. The latter is a copy of which the bot
// does not know, since the line broke while it was sent; where that happened at each try,
// it is the card from now on. mark is that of what the card says.
func (r *request) onDraftCard(kind, mark string) (bool, error) {
	card, err := r.tx.CardAt(r.chatID, r.pressed)
	if !errors.Is(err, store.ErrNotFound) {
		return card.Kind == kind, err
	}
	shown := r.press.Message.Message
	if shown == nil || markOfDraft(shown.Text) != mark {
		return false, nil
	}
	if card, err = r.tx.Card(draftSubject(r.actor.ID), kind, r.chatID, 0); err != nil {
		return false, err
	}
	return true, r.tx.StandCard(card.ID, r.pressed)
}

package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestACardIsOnePerThingFaceAndPlace(t *testing.T) {
	tx := writing(t)
	first := got(tx.Card("T-1", "task", -5, 0))(t)
	if again := got(tx.Card("T-1", "task", -5, 0))(t); again != first || first.ID == 0 {
		t.Errorf("%+v and %+v", first, again)
	}
	places := map[int64]bool{first.ID: true}
	for _, other := range []Card{{Subject: "T-1", Kind: "check", ChatID: -5}, {Subject: "T-1", Kind: "task", ChatID: -6}, {Subject: "T-1", Kind: "task", ChatID: -5, ThreadID: 3}, {Subject: "T-10", Kind: "task", ChatID: -5}} {
		card := got(tx.Card(other.Subject, other.Kind, other.ChatID, other.ThreadID))(t)
		if other.ID = card.ID; places[card.ID] || card != other {
			t.Errorf("%+v", card)
		}
		places[card.ID] = true
	}
	if cards := got(tx.Cards("T-1"))(t); len(cards) != 4 || cards[0] != first {
		t.Errorf("cards of T-1: %+v", cards)
	}
	if card := got(tx.CardByID(first.ID))(t); card != first {
		t.Errorf("%+v", card)
	}
	if _, err := tx.CardByID(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("no card: %v", err)
	}
}

func TestACardIsEditedWhereItStands(t *testing.T) {
	tx := writing(t)
	card := got(tx.Card("T-1", "task", -5, 3))(t)
	send := func() Outgoing {
		ok(t, tx.Queue(Outgoing{ChatID: -5, ThreadID: 3, Kind: KindCard, CardID: card.ID}, noon))
		rows := open(t, tx)
		return got(tx.Claim(rows[0].ID))(t)
	}
	var messages []int
	for _, messageID := range []int{31, 31, 32} {
		out := send()
		messages = append(messages, out.MessageID)
		ok(t, tx.Sent(out, messageID, noon))
	}
	for messageID, current := range map[int]bool{32: true, 31: false} {
		if at, err := tx.CardAt(-5, messageID); (err == nil && at.ID == card.ID) != current {
			t.Errorf("the card at message %d: %+v, %v", messageID, at, err)
		}
	}
	ok(t, tx.ForgetCardMessage(card.ID, 0))
	if _, err := tx.CardAt(-5, 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("a card without a message: %v", err)
	}
	messages = append(messages, send().MessageID)
	if difference := cmp.Diff([]int{0, 31, 31, 0}, messages); difference != "" {
		t.Errorf("messages to edit, 0 to send afresh:\n%s", difference)
	}
	if card = got(tx.CardByID(card.ID))(t); card.ThreadID != 0 || card.MessageID != 0 {
		t.Errorf("the topic was taken away with the message: %+v", card)
	}
}

func TestACardThatFallsBackWhereOneStandsTakesItsPlace(t *testing.T) {
	tx := writing(t)
	general := got(tx.Card("T-1", "task", -5, 0))(t)
	topic := got(tx.Card("T-1", "task", -5, 3))(t)
	ok(t, tx.Queue(Outgoing{ChatID: -5, Kind: KindCard, CardID: general.ID, Payload: Payload{Text: "Baru"}}, noon))
	ok(t, tx.ForgetCardMessage(topic.ID, 0))
	if cards := got(tx.Cards("T-1"))(t); len(cards) != 1 || cards[0].ID != topic.ID {
		t.Errorf("cards: %+v", cards)
	}
	if out := got(tx.Claim(1))(t); out.CardID != 0 || out.Payload.Text != "Baru" {
		t.Errorf("what waited for the other card is still sent: %+v", out)
	}
}

package bot

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// card is a row of a card about T-1 in a chat.
func (b *bubble) card(chat int64, priority store.Priority, text string) store.Outgoing {
	b.t.Helper()
	var card store.Card
	b.change(func(tx *store.Tx) (err error) {
		card, err = tx.Card("T-1", "task", chat, 0)
		return err
	})
	return store.Outgoing{ChatID: chat, Kind: store.KindCard, Priority: priority, CardID: card.ID, Payload: store.Payload{Text: text}}
}

// faces are what a card was edited to, in order.
func (b *bubble) faces(chat int64) (texts []string) {
	for _, call := range b.telegram.Calls() {
		if call.Method == "editMessageText" && call.Chat == chat && !strings.HasPrefix(call.Outcome, "429") && !strings.HasPrefix(call.Outcome, "500") {
			texts = append(texts, call.Params["text"])
		}
	}
	return texts
}

// TestANewerFaceWaitsAsLongAsTelegramAsked gives a card its next face while the one before is
// on its way, for which Telegram then asks for patience.
func TestANewerFaceWaitsAsLongAsTelegramAsked(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		chat := b.group("Pokja", b.person("Baso"))
		b.queue(b.card(chat, store.PriorityAnswer, "1"))
		time.Sleep(time.Minute)
		b.telegram.Fail(sim.Fault{Method: "editMessageText", Kind: sim.Error429, RetryAfter: 30, Delay: 5 * time.Second})
		b.queue(b.card(chat, store.PriorityAnswer, "2"))
		synctest.Wait()
		b.queue(b.card(chat, store.PriorityAnswer, "3"))
		time.Sleep(2 * time.Minute)
		var edits []sim.Call
		for _, call := range b.telegram.Calls() {
			if call.Method == "editMessageText" {
				edits = append(edits, call)
			}
		}
		if len(edits) != 2 || edits[0].Params["text"] != "2" || edits[1].Params["text"] != "3" {
			t.Fatalf("edited: %+v", edits)
		}
		if waited := edits[1].At.Sub(edits[0].At); waited < 30*time.Second {
			t.Errorf("the newer face left after %s", waited)
		}
	})
}

// TestFacesOfACardThatMeetBecomeOne changes a card again and again while one of its
// faces is on its way, and while Telegram asks for patience: only the newest is sent.
func TestFacesOfACardThatMeetBecomeOne(t *testing.T) {
	for name, row := range map[string]struct {
		fault sim.Fault
		want  []string
	}{
		"one is on its way":          {sim.Fault{Kind: sim.Slow, Delay: 5 * time.Second}, []string{"2", "5"}},
		"Telegram asks for patience": {sim.Fault{Kind: sim.Error429, RetryAfter: 30}, []string{"5"}},
		"Telegram is not well":       {sim.Fault{Kind: sim.Error500}, []string{"5"}},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
				b.options.Limits = true
				b.start()
				chat := b.group("Pokja", b.person("Baso"))
				b.queue(b.card(chat, store.PriorityAnswer, "1"))
				time.Sleep(time.Minute)
				row.fault.Method = "editMessageText"
				b.telegram.Fail(row.fault)
				b.queue(b.card(chat, store.PriorityAnswer, "2"))
				synctest.Wait()
				for _, face := range []string{"3", "4", "5"} {
					b.queue(b.card(chat, store.PriorityBroadcast, face))
				}
				time.Sleep(time.Minute)
				if difference := cmp.Diff(row.want, b.faces(chat)); difference != "" {
					t.Errorf("it was edited to:\n%s", difference)
				}
			})
		})
	}
}

// TestAFaceSomebodyWaitsForLeavesAsAnAnswer though an older one of the card waits
// among what nobody waits for.
func TestAFaceSomebodyWaitsForLeavesAsAnAnswer(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		chat := b.group("Pokja", b.person("Baso"))
		b.queue(b.card(chat, store.PriorityAnswer, "1"))
		time.Sleep(time.Hour)
		b.queue(append(series(chat, store.PriorityBroadcast, "kabar", 30), b.card(chat, store.PriorityBroadcast, "2"))...)
		time.Sleep(time.Minute)
		if faces := b.faces(chat); len(faces) != 0 {
			t.Fatalf("it was edited to %q before what was said earlier", faces)
		}
		b.queue(b.card(chat, store.PriorityAnswer, "3"))
		time.Sleep(time.Second)
		if difference := cmp.Diff([]string{"3"}, b.faces(chat)); difference != "" {
			t.Errorf("within a second it was edited to:\n%s", difference)
		}
		time.Sleep(time.Hour)
		if said := b.said(chat, "kabar"); len(said) != 30 || len(b.faces(chat)) != 1 {
			t.Errorf("%d of 30 were said; it was edited to %q", len(said), b.faces(chat))
		}
		for _, call := range b.telegram.Calls() {
			if strings.HasPrefix(call.Outcome, "429") {
				t.Errorf("Telegram asked for patience: %s", call.Method)
			}
		}
	})
}

package bot

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestSomebodyWhoCannotBeReachedIsMarkedAndTriedNoMore puts several messages in
// line for a chat that is gone: one is tried, the rest dropped.
func TestSomebodyWhoCannotBeReachedIsMarkedAndTriedNoMore(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	rows := []struct {
		description string
		code        int
		want        council.Reach
	}{
		{"Forbidden: bot was blocked by the user", http.StatusForbidden, council.ReachBlocked},
		{"Forbidden: user is deactivated", http.StatusForbidden, council.ReachGone},
		{"Forbidden: bot can't initiate conversation with a user", http.StatusForbidden, council.ReachUnknown},
		{"Bad Request: chat not found", http.StatusBadRequest, council.ReachUnknown},
	}
	for _, row := range rows {
		t.Run(row.description, func(t *testing.T) {
			person := h.private(row.description)
			h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.Refuse, Code: row.code, Description: row.description, Times: -1})
			h.queue(series(person, store.PriorityAnswer, "kabar", 4)...)
			h.sent()
			if calls := callsTo(h, person); len(calls) != 1 {
				t.Errorf("tried %d times", len(calls))
			}
			if reach := h.actor(person).Reach; reach != row.want {
				t.Errorf("the person is marked %q, not %q", reach, row.want)
			}
			h.sim.Heal()
			h.say(person, person, "/mulai")
			if reach := h.actor(person).Reach; reach != council.ReachOpen {
				t.Errorf("after writing the person is marked %q", reach)
			}
		})
	}
}

func TestAnyOtherRefusalEndsOneMessageOnly(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.private("Baso")
	h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: person, Kind: sim.Refuse, Code: http.StatusBadRequest, Description: "Bad Request: BUTTON_DATA_INVALID"})
	h.queue(series(person, store.PriorityAnswer, "kabar", 3)...)
	if difference := cmp.Diff([]string{"kabar 2", "kabar 3"}, h.delivered(person)); difference != "" {
		t.Errorf("delivered:\n%s", difference)
	}
	if reach := h.actor(person).Reach; reach != council.ReachOpen {
		t.Errorf("the person is marked %q", reach)
	}
	if log := h.log.String(); !strings.Contains(log, "BUTTON_DATA_INVALID") || strings.Contains(log, "kabar 1") {
		t.Error("the operator reads the reason, and no words")
	}
}

func TestAPressThatIsTooOldToAnswerSaysNothingAboutTheChat(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	person := h.private("Baso")
	h.queue(store.Outgoing{ChatID: person, Kind: store.KindAnswer, Payload: store.Payload{PressID: "12345", Text: "Siap"}})
	h.sent()
	if reach := h.actor(person).Reach; reach != council.ReachOpen {
		t.Errorf("the person is marked %q", reach)
	}
	if strings.Contains(h.log.String(), "refused") {
		t.Error("the operator is bothered with it")
	}
}

// TestAGroupThatIsLostIsMarkedAndTheCoordinatorToldOnce finds out while sending,
// as when the update about it has not come yet.
func TestAGroupThatIsLostIsMarkedAndTheCoordinatorToldOnce(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	for _, description := range []string{
		"Forbidden: bot was kicked from the supergroup chat", "Forbidden: bot is not a member of the supergroup chat",
		"Forbidden: the group chat was deleted", "Bad Request: have no write access to the chat",
		"Bad Request: not enough rights to send text messages to the chat",
	} {
		t.Run(description, func(t *testing.T) {
			group := h.linkedGroup("Grup "+description, "dewan", coordinator)
			h.heard(coordinator)
			h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: group, Kind: sim.Refuse, Code: http.StatusForbidden, Description: description, Times: -1})
			h.queue(series(group, store.PriorityAnswer, "kabar", 4)...)
			h.sent()
			h.queue(series(group, store.PriorityAnswer, "kabar lagi", 2)...)
			h.sent()
			if calls := callsTo(h, group); len(calls) != 2 {
				t.Errorf("tried %d times, not once for each time that something was queued", len(calls))
			}
			contains(t, only(t, h.heard(coordinator)).Text, "Grup "+description)
			h.look(func(tx *store.Tx) error {
				found, err := tx.GroupOf(group, 0)
				if err == nil && found.Reachable {
					t.Error("the group counts as reachable")
				}
				return err
			})
		})
	}
}

func TestAMessageThatCannotBeEditedIsSentAfresh(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, row := range []struct{ name, description string }{
		{"deleted", "Bad Request: message to edit not found"}, {"too old", "Bad Request: message can't be edited"},
	} {
		t.Run(row.name, func(t *testing.T) {
			chat := h.private(row.name)
			h.queue(h.card(chat, 0, "Baru"))
			h.sent()
			old := only(t, h.heard(chat))
			edit := plainRow(chat, store.PriorityAnswer, "pratinjau")
			edit.Kind, edit.Payload.MessageID = store.KindEdit, old.ID
			edit.Payload.Buttons = [][]store.Button{{{Text: "Benar", Data: "1:unknown"}}}
			h.sim.Fail(sim.Fault{Method: "editMessageText", Chat: chat, Kind: sim.Refuse, Code: http.StatusBadRequest, Description: row.description, Times: 2})
			h.queue(h.card(chat, 0, "Selesai"), edit)
			h.sent()
			fresh := h.heard(chat)
			if difference := cmp.Diff([]string{"Selesai", "pratinjau"}, texts(fresh)); difference != "" {
				t.Fatalf("sent afresh:\n%s", difference)
			}
			if !hasButton(fresh[1], "Benar") {
				t.Error("the button was lost on the way")
			}
			h.queue(h.card(chat, 0, "Dibuka lagi"))
			h.sent()
			if now := h.message(chat, fresh[0].ID); now.Text != "Dibuka lagi" {
				t.Errorf("the card says %q; it is the newest message from now on", now.Text)
			}
		})
	}
}

func TestCardsComeToRestAtTheirNewestFace(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	chat := h.private("Baso")
	h.queue(h.card(chat, 0, "1"))
	h.sent()
	id := only(t, h.heard(chat)).ID
	h.sim.Fail(sim.Fault{Method: "editMessageText", Chat: chat, Kind: sim.Error429, RetryAfter: 1})
	for _, face := range []string{"2", "3", "4", "5"} {
		h.queue(h.card(chat, 0, face))
	}
	h.sent()
	if card := h.message(chat, id); card.Text != "5" || card.Edits > 2 {
		t.Errorf("after %d edits the card says %q", card.Edits, card.Text)
	}
	h.queue(h.card(chat, 0, "5"))
	h.sent()
	if said := h.delivered(chat); len(said) != 0 || h.message(chat, id).Text != "5" {
		t.Errorf("the same face again made %q", said)
	}
	h.look(func(tx *store.Tx) error {
		card, err := tx.CardAt(chat, id)
		if err == nil && card.MessageID != id {
			t.Error("the card is no longer known where it stands")
		}
		return err
	})
}

func TestADeletedTopicFallsBackToTheGeneralOne(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
	group := h.sim.Group(sim.Group{Title: "Forum", Forum: true, Members: []int64{coordinator}})
	h.sim.AddBot(group, coordinator)
	topic := h.sim.Topic(group, "Lingkungan")
	h.quiet()
	h.write(sim.Message{Chat: group, Person: coordinator, Thread: topic, Text: "/hubungkan lingkungan"})
	h.queue(h.card(group, topic, "Baru"))
	h.sent()
	h.heard(group)
	h.sim.DeleteTopic(group, topic)
	inTopic := plainRow(group, store.PriorityAnswer, "kabar")
	inTopic.ThreadID = topic
	h.queue(inTopic, h.card(group, topic, "Selesai"), inTopic)
	h.sent()
	fresh := h.heard(group)
	if difference := cmp.Diff([]string{"kabar", "Selesai", "kabar"}, texts(fresh)); difference != "" {
		t.Errorf("in the general topic:\n%s", difference)
	}
	for _, message := range fresh {
		if message.Thread != 0 {
			t.Errorf("%q stands in topic %d", message.Text, message.Thread)
		}
	}
	h.look(func(tx *store.Tx) error {
		found, err := tx.GroupOf(group, 0)
		if err == nil && found.ThreadID != 0 {
			t.Errorf("the group posts into topic %d", found.ThreadID)
		}
		return err
	})
}

// TestAGroupThatGrowsTakesWhatWaitsAlong migrates a group before the bot hears
// of it, so that Telegram refuses the next message, and after.
func TestAGroupThatGrowsTakesWhatWaitsAlong(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"told by a refusal", "told by an update"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			coordinator := h.coordinator("Sitti Contoh", "sitti_contoh")
			group := h.sim.Group(sim.Group{Title: "Pokja", Members: []int64{coordinator}})
			h.sim.AddBot(group, coordinator)
			h.say(group, coordinator, "/hubungkan dewan")
			h.queue(h.card(group, 0, "Baru"))
			h.sent()
			h.heard(group)
			if name == "told by an update" {
				h.sim.Fail(sim.Fault{Method: "sendMessage", Chat: group, Kind: sim.Error429, RetryAfter: 1})
			} else {
				h.sim.Fail(sim.Fault{Method: "getUpdates", Kind: sim.Error500, Times: 1})
			}
			reply := plainRow(group, store.PriorityAnswer, "kabar 1")
			reply.Payload.ReplyTo = 1
			grown := int64(0)
			if name == "told by a refusal" {
				grown = h.sim.Migrate(group)
			}
			h.queue(append(append([]store.Outgoing{reply}, series(group, store.PriorityAnswer, "kabar", 9)[1:]...), h.card(group, 0, "Selesai"))...)
			if name == "told by an update" {
				grown = h.sim.Migrate(group)
			}
			h.sent()
			h.quiet()
			want := append(seriesTexts("kabar", 9), "Selesai")
			fresh := h.heard(grown)
			if difference := cmp.Diff(want, texts(fresh)); difference != "" {
				t.Fatalf("in the supergroup, in order:\n%s", difference)
			}
			h.queue(h.card(grown, 0, "Dibuka lagi"))
			h.sent()
			if card := h.message(grown, fresh[9].ID); card.Text != "Dibuka lagi" {
				t.Errorf("the card says %q", card.Text)
			}
			h.look(func(tx *store.Tx) error {
				found, err := tx.GroupOf(grown, 0)
				if err == nil && !found.Reachable {
					t.Error("the group counts as lost")
				}
				return err
			})
			if said := h.heard(coordinator); len(said) != 0 {
				t.Errorf("the coordinator was told %q", texts(said))
			}
		})
	}
}

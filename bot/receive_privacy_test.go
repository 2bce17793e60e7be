package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestOnlyWhatIsForTheBotIsKept puts the bot into a group where it sees
// everything, as an administrator does, and a private chat.
func TestOnlyWhatIsForTheBotIsKept(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		group := b.group("Dewan", person)
		b.telegram.Promote(group, b.telegram.BotID(), true)
		synctest.Wait()
		ofBot := b.queueAndFind(group, "pertanyaan")
		ofPerson := b.telegram.Say(sim.Message{Chat: group, Person: person, Text: "obrolan"})
		synctest.Wait()
		for _, row := range []struct {
			name    string
			message sim.Message
			kept    bool
		}{
			{"talk in a group", sim.Message{Chat: group, Text: "obrolan biasa"}, false},
			{"a reply to somebody else", sim.Message{Chat: group, Text: "setuju", ReplyTo: ofPerson}, false},
			{"a mention of the bot in talk", sim.Message{Chat: group, Text: "tanya @rembuk_bot saja"}, false},
			{"a command in the middle of talk", sim.Message{Chat: group, Text: "coba /status"}, false},
			{"a command to another bot", sim.Message{Chat: group, Text: "/status@bot_lain"}, false},
			{"a command to another bot as a reply to this one", sim.Message{Chat: group, Text: "/status@bot_lain", ReplyTo: ofBot}, false},
			{"a photo", sim.Message{Chat: group, Caption: "foto", Photo: &sim.File{Name: "a.jpg", MIME: "image/jpeg", Bytes: []byte{1}}}, false},
			{"a command", sim.Message{Chat: group, Text: "/status"}, true},
			{"a command to this bot", sim.Message{Chat: group, Text: "/status@Rembuk_Bot"}, true},
			{"a command in a caption", sim.Message{Chat: group, Caption: "/tugas_baru foto", Photo: &sim.File{Name: "a.jpg", MIME: "image/jpeg", Bytes: []byte{1}}}, true},
			{"a reply to the bot", sim.Message{Chat: group, Text: "jawaban", ReplyTo: ofBot}, true},
			{"talk in private", sim.Message{Chat: person, Text: "obrolan"}, true},
			{"a photo in private", sim.Message{Chat: person, Photo: &sim.File{Name: "a.jpg", MIME: "image/jpeg", Bytes: []byte{1}}}, true},
			{"a command to another bot in private", sim.Message{Chat: person, Text: "/status@bot_lain"}, false},
		} {
			t.Log(row.name)
			before, _ := b.inbox()
			row.message.Person = person
			id := b.telegram.Say(row.message)
			synctest.Wait()
			after, _ := b.inbox()
			if kept := len(after) > len(before); kept != row.kept {
				t.Errorf("%s: kept %v", row.name, kept)
			}
			for _, shown := range b.telegram.Messages(row.message.Chat) {
				if shown.ID == id && !shown.Delivered {
					t.Errorf("%s: the bot was not even shown it", row.name)
				}
			}
			if left := b.unconfirmed(); left != 0 {
				t.Errorf("%s: %d updates are not confirmed", row.name, left)
			}
		}
	})
}

func (b *bubble) queueAndFind(chat int64, text string) int {
	b.t.Helper()
	b.queue(plainRow(chat, store.PriorityAnswer, text))
	synctest.Wait()
	messages := b.telegram.Messages(chat)
	return messages[len(messages)-1].ID
}

// TestLongNumbersAreHiddenBeforeAnythingIsKept looks into the inbox while the
// update waits there, and at what the conversation gets.
func TestLongNumbersAreHiddenBeforeAnythingIsKept(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		var heard atomic.Value
		b.prepare = func(bot *Bot) {
			bot.words["catat"] = command{name: "catat", answer: func(r *request) error {
				heard.Store(r.text)
				return fmt.Errorf("not today")
			}}
		}
		b.start()
		person := b.person("Baso")
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/catat NIK 7371011205900001, 😀 0812-3456-7890, Rp1.250.000.000"})
		time.Sleep(time.Minute)
		if heard := heard.Load(); heard != "NIK xxxxxxxxxxxxxxxx, 😀 xxxx-xxxx-xxxx, Rp1.250.000.000" {
			t.Errorf("the conversation heard %q", heard)
		}
		states, raw := b.inbox()
		kept := raw[len(raw)-1]
		if states[len(states)-1] != "set_aside" || !json.Valid([]byte(kept)) {
			t.Errorf("%s: %s", states[len(states)-1], kept)
		}
		if strings.Contains(kept, "7371011205900001") || strings.Contains(kept, "0812-3456-7890") || !strings.Contains(kept, fmt.Sprint(person)) {
			t.Errorf("kept: %s", kept)
		}
	})
}

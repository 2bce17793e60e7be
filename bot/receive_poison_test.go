package bot

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// setAside are the updates that were set aside.
func (b *bubble) setAside() (found []store.SetAsideUpdate) {
	b.t.Helper()
	err := b.store.View(b.t.Context(), func(tx *store.Tx) (err error) {
		found, err = tx.SetAsideUpdates()
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// privateUpdate is a message in private as Telegram writes it; fields come before text.
func privateUpdate(person int64, fields string) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"message":{"message_id":900,"date":946684800,
		"chat":{"id":%d,"type":"private","first_name":"Baso"},"from":{"id":%d,"is_bot":false,"first_name":"Baso"},%s}}`, person, person, fields))
}

// secret are words that must stand nowhere but in the chat.
const secret = "kata rahasia"

// poison are updates that a bot of another age does not expect.
var poison = []struct {
	name     string
	update   func(person int64) json.RawMessage
	setAside bool
}{
	{"a paid live photo", func(person int64) json.RawMessage {
		return privateUpdate(person, `"paid_media":{"star_count":1,"paid_media":[{"type":"live_photo","live_photo":{"file_id":"a"}}]},"caption":"`+secret+`"`)
	}, true},
	{"a reply to a paid live photo elsewhere", func(person int64) json.RawMessage {
		return privateUpdate(person, `"external_reply":{"origin":{"type":"user","date":1,"sender_user":{"id":1,"is_bot":false,"first_name":"A"}},
			"paid_media":{"star_count":1,"paid_media":[{"type":"live_photo"}]}},"text":"`+secret+`"`)
	}, true},
	{"an unknown origin of a forward", func(person int64) json.RawMessage {
		return privateUpdate(person, `"forward_origin":{"type":"moon","date":1},"text":"`+secret+`"`)
	}, true},
	{"an unknown status of a member", func(person int64) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"my_chat_member":{"chat":{"id":%d,"type":"private"},"from":{"id":%d,"is_bot":false,"first_name":"Baso"},"date":1,
			"old_chat_member":{"status":"ghost"},"new_chat_member":{"status":"ghost"}}}`, person, person))
	}, true},
	{"a text that is a number", func(person int64) json.RawMessage { return privateUpdate(person, `"text":12345678901234567890`) }, true},
	{"an update type that does not exist yet", func(int64) json.RawMessage {
		return json.RawMessage(`{"telepathy":{"thought":"` + secret + `"}}`)
	}, false},
	{"nothing in it", func(int64) json.RawMessage { return json.RawMessage(`{}`) }, false},
	{"an entity past the text", func(person int64) json.RawMessage {
		return privateUpdate(person, `"text":"/s","entities":[{"type":"bot_command","offset":0,"length":60},{"type":"text_mention","offset":50,"length":9,"user":{"id":3,"is_bot":false,"first_name":"C"}}]`)
	}, false},
	{"an entity before the text", func(person int64) json.RawMessage {
		return privateUpdate(person, `"text":"`+secret+`","entities":[{"type":"bot_command","offset":-5,"length":9},{"type":"mention","offset":9223372036854775807,"length":9223372036854775807}]`)
	}, false},
	{"an entity in the middle of a character", func(person int64) json.RawMessage {
		return privateUpdate(person, `"text":"/😀 `+secret+`","entities":[{"type":"bot_command","offset":0,"length":2}]`)
	}, false},
	{"a press without a message", func(person int64) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"callback_query":{"id":"1","from":{"id":%d,"is_bot":false,"first_name":"Baso"},"chat_instance":"1","data":"1:ack"}}`, person))
	}, false},
	{"a message from nobody", func(person int64) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"message":{"message_id":901,"date":0,"chat":{"id":%d,"type":"private"},"text":"`+secret+`"}}`, person))
	}, false},
}

// TestPoisonStopsNobody injects poison, and writes to the bot after each.
func TestPoisonStopsNobody(t *testing.T) {
	for _, row := range poison {
		t.Run(row.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				b.telegram.Inject(row.update(person))
				b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
				time.Sleep(5 * time.Second)
				found := b.setAside()
				if (len(found) == 1) != row.setAside || len(found) > 1 {
					t.Errorf("set aside: %+v", found)
				}
				for _, update := range found {
					if update.Kind != "undecodable" || strings.Contains(update.Reason, secret) {
						t.Errorf("set aside as %q because %q", update.Kind, update.Reason)
					}
				}
				if left := b.unconfirmed(); left != 0 {
					t.Errorf("%d updates are still with Telegram", left)
				}
				if !strings.Contains(b.lastAnswer(person), "tidak ada isian") {
					t.Errorf("the next command was answered with %q", b.lastAnswer(person))
				}
				if _, raw := b.inbox(); strings.Contains(strings.Join(raw, ""), secret) {
					t.Error("people's words are kept in the inbox")
				}
				if strings.Contains(b.log.String(), secret) {
					t.Error("people's words stand in the log")
				}
			})
		})
	}
}

// lastAnswer is what the bot said last in a chat, in lower case.
func (b *bubble) lastAnswer(chat int64) string {
	said := b.said(chat, "")
	if len(said) == 0 {
		return ""
	}
	return strings.ToLower(said[len(said)-1])
}

// TestAConversationThatPanicsIsSetAside lets one conversation fall each time;
// the next in the same chat go on.
func TestAConversationThatPanicsIsSetAside(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.prepare = func(bot *Bot) {
			bot.words["meledak"] = command{name: "meledak", answer: func(r *request) error {
				if err := r.reply("setengah jalan"); err != nil {
					return err
				}
				panic(r.text)
			}}
		}
		b.start()
		person := b.person("Baso")
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/meledak " + secret})
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/batal"})
		began := time.Now()
		for len(b.setAside()) == 0 && time.Since(began) < time.Minute {
			time.Sleep(10 * time.Millisecond)
		}
		if took, fallen := time.Since(began), b.logged("made the program stumble"); took > time.Second || fallen != 3 {
			t.Errorf("set aside after %d falls and %s", fallen, took)
		}
		synctest.Wait()
		if said := b.said(person, "Mohon maaf, pesan terakhir"); len(said) != 1 {
			t.Errorf("the person is told %q", said)
		}
		if said := b.said(person, "setengah jalan"); len(said) != 0 {
			t.Error("half of a conversation that fell was said")
		}
		if !strings.Contains(b.lastAnswer(person), "tidak ada isian") {
			t.Errorf("the next command was answered with %q", b.lastAnswer(person))
		}
		for _, update := range b.setAside() {
			if update.Kind != "failed" || !strings.Contains(update.Reason, "panic") || strings.Contains(update.Reason, secret) {
				t.Errorf("set aside as %q because %q", update.Kind, update.Reason)
			}
		}
		if b.logged(secret) != 0 {
			t.Error("people's words stand in the log")
		}
		if b.logged("receive_poison_test.go") == 0 {
			t.Error("the operator does not read where it fell")
		}
		if err := b.stop(); err != nil {
			t.Fatal(err)
		}
		b.start()
		time.Sleep(time.Minute)
		if fallen := b.logged("made the program stumble"); fallen != 3 {
			t.Errorf("after a restart it fell again: %d times", fallen)
		}
	})
}

// TestWhoeverWroteInATopicIsToldThere that the message was set aside.
func TestWhoeverWroteInATopicIsToldThere(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.prepare = func(bot *Bot) {
			bot.words["meledak"] = command{name: "meledak", answer: func(*request) error { panic("jatuh") }}
		}
		b.start()
		person := b.person("Baso")
		forum := b.telegram.Group(sim.Group{Title: "Forum", Forum: true, Members: []int64{person}})
		b.telegram.AddBot(forum, person)
		topic := b.telegram.Topic(forum, "Lingkungan")
		b.telegram.Say(sim.Message{Chat: forum, Person: person, Thread: topic, Text: "/meledak"})
		time.Sleep(time.Second)
		messages := b.telegram.Messages(forum)
		if last := messages[len(messages)-1]; last.Thread != topic || !strings.HasPrefix(last.Text, "Mohon maaf") {
			t.Errorf("in topic %d, not %d, the bot says %q", last.Thread, topic, last.Text)
		}
	})
}

// TestADatabaseThatIsAwayLosesNoConversation keeps an update that the database
// does not take for now; it is not what is wrong, so it is not set aside.
func TestADatabaseThatIsAwayLosesNoConversation(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		fallen := 0
		b.prepare = func(bot *Bot) {
			bot.words["macet"] = command{name: "macet", answer: func(r *request) error {
				if fallen++; fallen < 20 {
					return sqlite3.Error{Code: sqlite3.ErrBusy}
				}
				return r.reply("akhirnya")
			}}
		}
		b.start()
		person := b.person("Baso")
		b.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/macet"})
		time.Sleep(time.Hour)
		if said := b.said(person, "akhirnya"); len(said) != 1 || len(b.setAside()) != 0 {
			t.Errorf("after %d tries the person heard %q; set aside: %+v", fallen, said, b.setAside())
		}
	})
}

// TestWhatCannotBeReadAnyMoreIsSetAsideAtTheStart is for an update that another
// version of the program kept.
func TestWhatCannotBeReadAnyMoreIsSetAsideAtTheStart(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.change(func(tx *store.Tx) error {
			_, err := tx.Receive([]store.Received{{UpdateID: 5, ChatID: 7, Raw: `{"update_id":5,"message":{"forward_origin":{"type":"moon"}}}`}}, time.Now())
			return err
		})
		b.start()
		if found := b.setAside(); len(found) != 1 || found[0].Kind != "undecodable" {
			t.Errorf("set aside: %+v", found)
		}
	})
}

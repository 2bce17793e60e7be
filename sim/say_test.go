package sim

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

func TestPrivacyMode(t *testing.T) {
	c := newCity(t, Options{})
	for _, row := range []struct {
		name    string
		message Message
		seen    bool
	}{
		{"talk", Message{Text: "selamat pagi"}, false},
		{"command for none", Message{Text: "/tugas"}, true},
		{"command for this bot", Message{Text: "/tugas@Rembuk_Bot 3"}, true},
		{"command for another bot", Message{Text: "/tugas@lain_bot"}, false},
		{"command inside the text", Message{Text: "coba /tugas"}, false},
		{"command for this bot inside the text", Message{Text: "coba /tugas@rembuk_bot"}, true},
		{"command in a caption", Message{Caption: "/tugas_baru Rekap", Document: &File{Name: "a.pdf", Bytes: []byte("x")}}, true},
		{"document without", Message{Document: &File{Name: "a.pdf", Bytes: []byte("x")}}, false},
		{"reply to the bot", Message{Text: "siap", ReplyTo: c.greeting}, true},
		{"reply to a person", Message{Text: "siap", ReplyTo: c.sitiMessage}, false},
		{"its name", Message{Text: "tolong @rembuk_bot"}, true},
		{"another name", Message{Text: "tolong @rembuk_botak"}, false},
		{"its name in an address", Message{Text: "a@rembuk_bot"}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.message.Chat, row.message.Person = c.pokja, c.siti
			id := c.Say(row.message)
			messages := c.Messages(c.pokja)
			updates := c.takeUpdates(0)
			c.takeUpdates(c.LastUpdateID() + 1)
			if shown := messages[len(messages)-1]; shown.ID != id || shown.Delivered != row.seen || (len(updates) == 1) != row.seen {
				t.Errorf("delivered %v with %d updates, want %v", shown.Delivered, len(updates), row.seen)
			}
		})
	}
}

func TestReplyToWhatIsDeletedIsTalk(t *testing.T) {
	c := newCity(t, Options{})
	c.ask("deleteMessage", about(c.pokja, c.greeting))
	c.Say(Message{Chat: c.pokja, Person: c.siti, Text: "siap", ReplyTo: c.greeting})
	if got := c.takeUpdates(0); len(got) != 0 {
		t.Errorf("the bot sees %+v", got)
	}
}

func TestAdministratorSeesAll(t *testing.T) {
	c := newCity(t, Options{})
	c.Promote(c.pokja, c.BotID(), true)
	c.Say(Message{Chat: c.pokja, Person: c.siti, Text: "selamat pagi"})
	updates := c.takeUpdates(0)
	if len(updates) != 2 || updates[0].MyMember.New.Status != "administrator" || updates[1].Message.Text != "selamat pagi" {
		t.Errorf("got %+v", updates)
	}
}

func TestEntities(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"command", "/tugas_baru@rembuk_bot Rekap", "bot_command=/tugas_baru@rembuk_bot"},
		{"after an emoji", "🙂 @siti_contoh", "mention=@siti_contoh"},
		{"after an accent", "é /tugas", "bot_command=/tugas"},
		{"two in a row", "@siti_contoh @baso_contoh", "mention=@siti_contoh mention=@baso_contoh"},
		{"hashtag", "rapat #lingkungan, besok", "hashtag=#lingkungan"},
		{"number is no hashtag", "nomor #12", ""},
		{"link", "lihat https://contoh.go.id/a?b=1, ya", "url=https://contoh.go.id/a?b=1"},
		{"bare host", "buka t.me/rembuk_bot", "url=t.me/rembuk_bot"},
		{"path is no command", "RT 03/RW 05", ""},
		{"hashtags glued together", "#satu#dua", ""},
		{"two hashtags", "#satu #dua", "hashtag=#satu hashtag=#dua"},
		{"link swallows the rest", "https://contoh.id/#a", "url=https://contoh.id/#a"},
		{"address is no name", "surat ke a@contoh", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got []string
			codes := utf16.Encode([]rune(row.text))
			for _, entity := range findEntities(row.text, nil) {
				part := string(utf16.Decode(codes[entity.Offset : entity.Offset+entity.Length]))
				got = append(got, entity.Type+"="+part)
			}
			if joined := strings.Join(got, " "); joined != row.want {
				t.Errorf("got %q, want %q", joined, row.want)
			}
		})
	}
}

func TestTextMention(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.siti, Person: c.siti, Text: "🙂 Baso kerjakan", TextMention: []TextMention{{Offset: 3, Length: 4, Person: c.baso}}})
	entities := c.takeUpdates(0)[0].Message.Entities
	if len(entities) != 1 || entities[0].Type != "text_mention" || entities[0].User.ID != c.baso || entities[0].Offset != 3 {
		t.Errorf("got %+v", entities)
	}
}

func TestEdit(t *testing.T) {
	c := newCity(t, Options{})
	id := c.Say(Message{Chat: c.pokja, Person: c.siti, Text: "/tugas_baru Rekap"})
	c.clock = c.clock.Add(time.Minute)
	c.Edit(c.pokja, id, "/tugas_baru Rekap tonase")
	updates := c.takeUpdates(0)
	if len(updates) != 2 || updates[1].Edited.Text != "/tugas_baru Rekap tonase" || updates[1].Edited.EditDate != c.clock.Unix() {
		t.Errorf("got %+v", updates)
	}
}

func TestRepliesCarryTheMessage(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.pokja, Person: c.baso, Text: "siap", ReplyTo: c.greeting})
	reply := c.takeUpdates(0)[0].Message.ReplyTo
	if reply == nil || reply.ID != c.greeting || reply.From.ID != c.BotID() || reply.ReplyTo != nil || reply.Markup == nil {
		t.Errorf("got %+v", reply)
	}
}

func TestAnonymousAdministrator(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.dewan, Person: c.siti, Text: "/tugas", Anonymous: true})
	said := c.takeUpdates(0)[0].Message
	if said.From.ID != 1087968824 || said.SenderChat.ID != c.dewan || strings.Contains(said.From.FirstName, "Siti") {
		t.Errorf("got %+v", said)
	}
}

func TestTopics(t *testing.T) {
	c := newCity(t, Options{})
	thread := c.Topic(c.dewan, "Rapat")
	c.Say(Message{Chat: c.dewan, Person: c.siti, Thread: thread, Text: "/tugas"})
	updates := c.takeUpdates(0)
	said := updates[1].Message
	if updates[0].Message.Topic.Name != "Rapat" || said.Thread != thread || !said.IsTopic || said.ReplyTo.ID != thread {
		t.Errorf("got %+v", updates)
	}
	id := c.sent("sendMessage", parameters{"chat_id": c.dewan, "text": "Baik", "message_thread_id": thread})
	messages := c.Messages(c.dewan)
	if last := messages[len(messages)-1]; last.ID != id || last.Thread != thread {
		t.Errorf("got %+v", last)
	}
}

func TestMembershipOfTheBot(t *testing.T) {
	c := newCity(t, Options{})
	c.AddBot(c.strangers, c.baso)
	added := c.takeUpdates(0)
	if len(added) != 2 || added[0].MyMember.Old.Status != "left" || added[0].MyMember.New.Status != "member" ||
		added[1].Message.NewMembers[0].ID != c.BotID() {
		t.Errorf("added: %+v", added)
	}
	c.takeUpdates(c.LastUpdateID() + 1)
	c.RemoveBot(c.strangers, c.baso)
	removed := c.takeUpdates(0)
	if len(removed) != 2 || removed[0].Message.LeftMember.ID != c.BotID() || removed[1].MyMember.New.Status != "kicked" {
		t.Errorf("removed: %+v", removed)
	}
	c.takeUpdates(c.LastUpdateID() + 1)
	if got := c.ask("leaveChat", parameters{"chat_id": c.pokja}); !got.OK {
		t.Errorf("leaveChat: %s", got.raw)
	}
	left := c.takeUpdates(0)
	if len(left) != 1 || left[0].MyMember.Old.Status != "member" || left[0].MyMember.New.Status != "left" {
		t.Errorf("left: %+v", left)
	}
	c.Say(Message{Chat: c.pokja, Person: c.siti, Text: "/tugas"})
	if got := c.takeUpdates(left[0].ID + 1); len(got) != 0 {
		t.Errorf("the bot still sees %+v", got)
	}
}

func TestBlocking(t *testing.T) {
	c := newCity(t, Options{})
	c.Block(c.siti)
	c.Say(Message{Chat: c.siti, Person: c.siti, Text: "/start"})
	updates := c.takeUpdates(0)
	if len(updates) != 3 || updates[0].MyMember.New.Status != "kicked" || updates[1].MyMember.New.Status != "member" ||
		updates[2].Message.Text != "/start" {
		t.Errorf("got %+v", updates)
	}
	c.sent("sendMessage", parameters{"chat_id": c.siti, "text": "Selamat datang kembali"})
}

func TestJoinAndLeave(t *testing.T) {
	c := newCity(t, Options{})
	newcomer := c.Person(Person{FirstName: "Ani"})
	c.Join(c.pokja, newcomer)
	c.Leave(c.pokja, newcomer)
	updates := c.takeUpdates(0)
	if len(updates) != 2 || updates[0].Message.NewMembers[0].ID != newcomer || updates[1].Message.LeftMember.ID != newcomer {
		t.Errorf("got %+v", updates)
	}
	if got := c.ask("getChatMember", parameters{"chat_id": c.pokja, "user_id": newcomer}); !strings.Contains(got.raw, `"status":"left"`) {
		t.Errorf("getChatMember: %s", got.raw)
	}
}

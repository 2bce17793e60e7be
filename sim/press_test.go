package sim

import (
	"strings"
	"testing"
	"time"
)

func TestPressAndAnswer(t *testing.T) {
	c := newCity(t, Options{})
	id, err := c.Press(c.pokja, c.greeting, c.baso, "Siap")
	if err != nil {
		t.Fatal(err)
	}
	press := c.takeUpdates(0)[0].Press
	if press.ID != id || press.Data != "v1:1" || press.From.ID != c.baso || press.Message.ID != c.greeting || press.Message.Date == 0 {
		t.Errorf("got %+v", press)
	}
	if _, answered := c.Toast(id); answered {
		t.Error("an answer before there was one")
	}
	if got := c.ask("answerCallbackQuery", parameters{"callback_query_id": id, "text": "Baik", "show_alert": true}); !got.OK {
		t.Fatal(got.raw)
	}
	if answer, answered := c.Toast(id); !answered || answer != (Answer{Text: "Baik", Alert: true}) || len(c.Answers()) != 1 {
		t.Errorf("got %+v", answer)
	}
	if got := c.ask("answerCallbackQuery", parameters{"callback_query_id": id}); got.status != 400 {
		t.Errorf("a second answer is taken: %s", got.raw)
	}
}

func TestLateAnswer(t *testing.T) {
	for _, row := range []struct {
		name   string
		passes time.Duration
		status int
	}{{"in time", answerTime, 200}, {"too late", answerTime + time.Second, 400}} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			id, err := c.Press(c.pokja, c.greeting, c.siti, "Siap")
			if err != nil {
				t.Fatal(err)
			}
			c.clock = c.clock.Add(row.passes)
			if got := c.ask("answerCallbackQuery", parameters{"callback_query_id": id}); got.status != row.status {
				t.Errorf("got %s", got.raw)
			}
		})
	}
}

func TestPressOfWhatIsNotThere(t *testing.T) {
	c := newCity(t, Options{})
	_, err := c.Press(c.pokja, c.greeting, c.siti, "Batalkan")
	if err == nil || !strings.Contains(err.Error(), "[Siap]") {
		t.Errorf("the error does not list the buttons: %v", err)
	}
	link := c.sent("sendMessage", to(c.pokja, "reply_markup", parameters{"inline_keyboard": []any{[]any{
		parameters{"text": "Buka", "url": "https://t.me/rembuk_bot"}}}}))
	if _, err := c.Press(c.pokja, link, c.siti, "Buka"); err == nil {
		t.Error("a link can be pressed as if it called back")
	}
	c.ask("editMessageReplyMarkup", parameters{"chat_id": c.pokja, "message_id": c.greeting})
	if _, err := c.Press(c.pokja, c.greeting, c.siti, "Siap"); err == nil {
		t.Error("a button that was taken away can be pressed")
	}
	c.sent("editMessageText", parameters{"chat_id": c.pokja, "message_id": c.greeting, "text": "Halo lagi"})
	c.ask("deleteMessage", parameters{"chat_id": c.pokja, "message_id": c.greeting})
	if _, err := c.Press(c.pokja, c.greeting, c.siti, "Siap"); err == nil {
		t.Error("a deleted message can be pressed")
	}
}

func TestForgedAndOldPresses(t *testing.T) {
	c := newCity(t, Options{})
	c.PressData(c.pokja, c.greeting, c.baso, "v1:evil")
	c.PressOld(c.pokja, c.greeting, c.baso, "v1:1")
	updates := c.takeUpdates(0)
	if updates[0].Press.Data != "v1:evil" || updates[0].Press.Message.Date == 0 {
		t.Errorf("forged: %s", updates[0].raw)
	}
	if updates[1].Press.Message.ID != c.greeting || updates[1].Press.Message.Date != 0 || strings.Contains(updates[1].raw, "Halo") {
		t.Errorf("old: %s", updates[1].raw)
	}
}

func TestMenus(t *testing.T) {
	c := newCity(t, Options{})
	set := func(name string, scope any, language string) {
		call := parameters{"commands": []Command{{name, "keterangan"}}, "language_code": language}
		if scope != nil {
			call["scope"] = scope
		}
		if got := c.ask("setMyCommands", call); !got.OK {
			t.Fatal(got.raw)
		}
	}
	set("umum", nil, "")
	set("grup", parameters{"type": "all_group_chats"}, "")
	set("group", parameters{"type": "all_group_chats"}, "en")
	set("admin", parameters{"type": "chat_administrators", "chat_id": c.dewan}, "")
	set("baso", parameters{"type": "chat_member", "chat_id": c.pokja, "user_id": c.baso}, "")
	english := c.Person(Person{FirstName: "Ann", LanguageCode: "en"})
	for _, row := range []struct {
		name         string
		chat, person int64
		want         string
	}{
		{"private falls to default", c.siti, c.siti, "umum"},
		{"group", c.pokja, c.siti, "grup"},
		{"group in English", c.pokja, english, "group"},
		{"creator", c.dewan, c.siti, "admin"},
		{"member of his own", c.pokja, c.baso, "baso"},
	} {
		if got := c.Menu(row.chat, row.person); len(got) != 1 || got[0].Command != row.want {
			t.Errorf("%s: got %v", row.name, got)
		}
	}
	if got := c.Commands("all_group_chats", 0, "en"); len(got) != 1 || got[0].Command != "group" {
		t.Errorf("Commands: %v", got)
	}
	c.ask("deleteMyCommands", parameters{"scope": parameters{"type": "all_group_chats"}})
	if got := c.ask("getMyCommands", parameters{"scope": parameters{"type": "all_group_chats"}}); string(got.Result) != "[]" {
		t.Errorf("getMyCommands after deleting: %s", got.raw)
	}
}

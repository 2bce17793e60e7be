package sim

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFormsOfRequests(t *testing.T) {
	chat := func(c *city) string { return strconv.FormatInt(c.siti, 10) }
	markup := `{"inline_keyboard":[[{"text":"Siap","callback_data":"v1:1"}]]}`
	for _, row := range []struct {
		name string
		form func(c *city) (query, kind string, body []byte)
	}{
		{"JSON", func(c *city) (string, string, []byte) {
			return "", "application/json", []byte(`{"chat_id":` + chat(c) + `,"text":"Halo & kawan","reply_markup":` + markup + `}`)
		}},
		{"JSON with text inside", func(c *city) (string, string, []byte) {
			return "", "application/json; charset=utf-8",
				[]byte(`{"chat_id":"` + chat(c) + `","text":"Halo & kawan","reply_markup":` + strconv.Quote(markup) + `}`)
		}},
		{"form", func(c *city) (string, string, []byte) {
			return "", "application/x-www-form-urlencoded", []byte(url.Values{"chat_id": {chat(c)}, "text": {"Halo & kawan"},
				"reply_markup": {markup}}.Encode())
		}},
		{"multipart", func(c *city) (string, string, []byte) {
			kind, body := multipartOf(c.t, map[string]string{"chat_id": chat(c), "text": "Halo & kawan", "reply_markup": markup}, "", "", nil)
			return "", kind, body
		}},
		{"query", func(c *city) (string, string, []byte) {
			return "?" + url.Values{"chat_id": {chat(c)}, "text": {"Halo & kawan"}, "reply_markup": {markup}}.Encode(), "text/plain", nil
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			query, kind, body := row.form(c)
			if got := c.post(c.url+"/bot"+c.Token()+"/sendMessage"+query, kind, body); !got.OK {
				t.Fatal(got.raw)
			}
			messages := c.Messages(c.siti)
			last := messages[len(messages)-1]
			if last.Text != "Halo & kawan" || len(last.Buttons) != 1 || last.Buttons[0][0].Data != "v1:1" {
				t.Errorf("got %+v", last)
			}
			if found := c.Violations(); len(found) > 0 {
				t.Errorf("violations: %v", found)
			}
		})
	}
}

func TestBrokenRequest(t *testing.T) {
	c := newCity(t, Options{})
	if got := c.post(c.url+"/bot"+c.Token()+"/sendMessage", "application/json", []byte("{")); got.status != 400 {
		t.Errorf("got %s", got.raw)
	}
}

func TestFilesGoBothWays(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.siti, Person: c.siti, Caption: "laporan", Document: &File{Name: "laporan.pdf", Bytes: []byte("isi laporan")}})
	document := c.takeUpdates(0)[0].Message.Document
	if document.Name != "laporan.pdf" || document.MIME != "application/pdf" || document.Size != 11 {
		t.Errorf("got %+v", document)
	}
	got := c.ask("getFile", parameters{"file_id": document.ID})
	_, rest, _ := strings.Cut(got.raw, `"file_path":"`)
	place, _, _ := strings.Cut(rest, `"`)
	answer, err := http.Get(c.url + "/file/bot" + c.Token() + "/" + place)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil || string(content) != "isi laporan" {
		t.Errorf("downloaded %q, %v", content, err)
	}
	again := c.sent("sendDocument", parameters{"chat_id": c.siti, "document": document.ID})
	messages := c.Messages(c.siti)
	if last := messages[len(messages)-1]; last.ID != again || string(last.Document.Bytes) != "isi laporan" {
		t.Errorf("sent again: %+v", last)
	}
}

func TestPhotos(t *testing.T) {
	c := newCity(t, Options{})
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{"chat_id": strconv.FormatInt(c.siti, 10), "photo": "attach://gambar"}
	kind, body := multipartOf(t, fields, "gambar", "a.png", picture.Bytes())
	if got := c.post(c.url+"/bot"+c.Token()+"/sendPhoto", kind, body); !strings.Contains(got.raw, `"width":4,"height":3`) {
		t.Errorf("a photo answers %s", got.raw)
	}
	kind, body = multipartOf(t, fields, "gambar", "a.png", []byte("no picture"))
	if got := c.post(c.url+"/bot"+c.Token()+"/sendPhoto", kind, body); got.Description != "Bad Request: IMAGE_PROCESS_FAILED" {
		t.Errorf("what is no picture answers %s", got.raw)
	}
	if found := c.Violations(); len(found) > 0 {
		t.Errorf("violations: %v", found)
	}
}

func TestChangeOfFormatIsAChange(t *testing.T) {
	c := newCity(t, Options{})
	call := about(c.pokja, c.greeting, "text", "<b>Halo</b>", "parse_mode", "HTML", "reply_markup", keyboardOf("Siap", "v1:1"))
	if got := c.ask("editMessageText", call); !got.OK {
		t.Errorf("bold is no change: %s", got.raw)
	}
	if got := c.ask("editMessageText", call); got.OK {
		t.Error("the same in bold is a change")
	}
}

func TestOldMessagesStay(t *testing.T) {
	for _, row := range []struct {
		name   string
		passes time.Duration
		status int
	}{{"two days", 48 * time.Hour, 200}, {"longer", 48*time.Hour + time.Second, 400}} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.clock = c.clock.Add(row.passes)
			if got := c.ask("deleteMessage", about(c.pokja, c.greeting)); got.status != row.status {
				t.Errorf("got %s", got.raw)
			}
		})
	}
}

func TestMessagesAsTheyStand(t *testing.T) {
	c := newCity(t, Options{})
	c.sent("editMessageText", parameters{"chat_id": c.pokja, "message_id": c.greeting, "text": "Baru",
		"reply_markup": keyboardOf("Ambil", "v1:2")})
	asked := c.sent("sendMessage", parameters{"chat_id": c.pokja, "text": "Kapan?", "reply_markup": parameters{"force_reply": true},
		"reply_parameters": parameters{"message_id": c.sitiMessage}})
	missing := c.sent("sendMessage", parameters{"chat_id": c.pokja, "text": "Tanpa balasan",
		"reply_parameters": parameters{"message_id": 9999, "allow_sending_without_reply": true}})
	c.ask("deleteMessage", parameters{"chat_id": c.pokja, "message_id": missing})
	shown := map[int]Shown{}
	for _, m := range c.Messages(c.pokja) {
		shown[m.ID] = m
	}
	if m := shown[c.greeting]; m.Text != "Baru" || m.Edits != 1 || !m.Edited || m.Buttons[0][0].Text != "Ambil" || !m.Bot {
		t.Errorf("edited: %+v", m)
	}
	if m := shown[asked]; !m.ForceReply || m.ReplyTo != c.sitiMessage {
		t.Errorf("asked: %+v", m)
	}
	if m := shown[missing]; !m.Deleted || m.ReplyTo != 0 {
		t.Errorf("deleted: %+v", m)
	}
}

package sim

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func pictureOf(t *testing.T, width int) []byte {
	t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, width, 3))); err != nil {
		t.Fatal(err)
	}
	return picture.Bytes()
}

// upload sends a call with uploaded files, by the names under which they are attached.
func (c *city) upload(method string, fields map[string]string, files map[string][]byte) answered {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			c.t.Fatal(err)
		}
	}
	for name, content := range files {
		part, err := form.CreateFormFile(name, name+".png")
		if err != nil {
			c.t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			c.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		c.t.Fatal(err)
	}
	return c.post(c.url+"/bot"+c.Token()+"/"+method, form.FormDataContentType(), body.Bytes())
}

func TestAlbumOfTheBot(t *testing.T) {
	c := newCity(t, Options{})
	kept := c.sentDocument(c.siti)
	fields := map[string]string{"chat_id": strconv.FormatInt(c.siti, 10), "media": `[
		{"type":"document","media":"attach://satu","caption":"<b>Rekap</b>","parse_mode":"HTML"},{"type":"document","media":"` + kept + `"}]`}
	got := c.upload("sendMediaGroup", fields, map[string][]byte{"satu": []byte("isi")})
	var sent []wireMessage
	if err := json.Unmarshal(got.Result, &sent); err != nil || len(sent) != 2 {
		t.Fatalf("got %s", got.raw)
	}
	first, second := sent[0], sent[1]
	if first.MediaGroup == "" || first.MediaGroup != second.MediaGroup || first.ID+1 != second.ID {
		t.Errorf("not one album: %s", got.raw)
	}
	if first.Caption != "Rekap" || first.CaptionEntities[0].Type != "bold" || second.Caption != "" || second.Document.ID != kept {
		t.Errorf("got %s", got.raw)
	}
	if file := c.ask("getFile", parameters{"file_id": first.Document.ID}); !strings.Contains(file.raw, "file_path") {
		t.Errorf("getFile: %s", file.raw)
	}
	if found := c.Violations(); len(found) > 0 {
		t.Errorf("violations: %v", found)
	}
	alone := c.ask("sendMediaGroup", parameters{"chat_id": c.siti, "media": []any{parameters{"type": "document", "media": kept}}})
	if !alone.OK || strings.Contains(alone.raw, "media_group_id") {
		t.Errorf("an album of one: %s", alone.raw)
	}
}

func TestRefusedAlbums(t *testing.T) {
	c := newCity(t, Options{})
	document := c.sentDocument(c.siti)
	photo := c.sentPhoto(c.siti)
	album := func(items ...parameters) parameters { return parameters{"chat_id": c.siti, "media": items} }
	of := func(kind, media string, more ...any) parameters {
		item := parameters{"type": kind, "media": media}
		for at := 0; at+1 < len(more); at += 2 {
			item[more[at].(string)] = more[at+1]
		}
		return item
	}
	var eleven []parameters
	for range 11 {
		eleven = append(eleven, of("document", document))
	}
	c.refuses(t, []wrongCall{
		{"none", "sendMediaGroup", album(), 400, "Bad Request: there are no messages to send"},
		{"no media at all", "sendMediaGroup", parameters{"chat_id": c.siti}, 400, "Bad Request: there are no messages to send"},
		{"no JSON", "sendMediaGroup", parameters{"chat_id": c.siti, "media": "["}, 400, "Bad Request: can't parse media JSON object"},
		{"eleven", "sendMediaGroup", album(eleven...), 400, "Bad Request: too many messages to send as an album"},
		{"mixed", "sendMediaGroup", album(of("photo", photo), of("document", document)), 400,
			"Bad Request: document can't be mixed with other media types"},
		{"sticker", "sendMediaGroup", album(of("sticker", document)), 400, `Bad Request: can't parse InputMedia: type "sticker" is unsupported`},
		{"not named", "sendMediaGroup", album(of("photo", "")), 400, "Bad Request: can't parse InputMedia: media not found"},
		{"unknown", "sendMediaGroup", album(of("photo", "nothing")), 400, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"document as photo", "sendMediaGroup", album(of("photo", document)), 400, "Bad Request: can't use file of type Document as Photo"},
		{"long caption", "sendMediaGroup", album(of("photo", photo, "caption", strings.Repeat("a", 1025))), 400,
			"Bad Request: message caption is too long"},
		{"bad caption", "sendMediaGroup", album(of("photo", photo, "caption", "<b>", "parse_mode", "HTML")), 400,
			`Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`},
		{"never started", "sendMediaGroup", parameters{"chat_id": c.baso, "media": []parameters{of("photo", photo)}}, 403,
			"Forbidden: bot can't initiate conversation with a user"},
		{"caption of a text", "editMessageCaption", about(c.pokja, c.greeting, "caption", "a"), 400,
			"Bad Request: there is no caption in the message to edit"},
		{"the same caption", "editMessageCaption", parameters{"chat_id": c.siti, "message_id": c.lastOf(c.siti, true)}, 400, "Bad Request: " + notModified},
		{"media is no JSON", "editMessageMedia", about(c.pokja, c.greeting, "media", "{"), 400, "Bad Request: can't parse input media JSON object"},
	})
	got := c.upload("sendMediaGroup", map[string]string{"chat_id": strconv.FormatInt(c.siti, 10),
		"media": `[{"type":"photo","media":"` + photo + `"},{"type":"photo","media":"attach://satu"}]`}, map[string][]byte{"satu": []byte("no picture")})
	if got.Description != `Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"` {
		t.Errorf("what is no picture: %s", got.raw)
	}
}

// sentPhoto sends a photo to the chat and returns its file id.
func (c *city) sentPhoto(chat int64) string {
	c.t.Helper()
	got := c.upload("sendPhoto", map[string]string{"chat_id": strconv.FormatInt(chat, 10)}, map[string][]byte{"photo": pictureOf(c.t, 4)})
	var result struct{ Photo []wireFile }
	if err := json.Unmarshal(got.Result, &result); err != nil || len(result.Photo) == 0 {
		c.t.Fatalf("sendPhoto: %s", got.raw)
	}
	return result.Photo[0].ID
}

func TestCaptionsAndMediaAreEdited(t *testing.T) {
	c := newCity(t, Options{})
	document, photo := c.sentDocument(c.siti), c.sentPhoto(c.siti)
	id := c.sent("sendDocument", parameters{"chat_id": c.siti, "document": document, "caption": "lama"})
	c.sent("editMessageCaption", parameters{"chat_id": c.siti, "message_id": id, "caption": "baru", "reply_markup": keyboardOf("Siap", "v1:1")})
	last := func() Shown { messages := c.Messages(c.siti); return messages[len(messages)-1] }
	if got := last(); got.Text != "baru" || got.FileID != document || len(got.Buttons) != 1 || got.Edits != 1 {
		t.Errorf("caption: %+v", got)
	}
	c.sent("editMessageMedia", parameters{"chat_id": c.siti, "message_id": id, "media": parameters{"type": "photo", "media": photo, "caption": "foto"}})
	if got := last(); got.Photo == nil || got.Text != "foto" || len(got.Buttons) != 0 {
		t.Errorf("media: %+v", got)
	}
	album := c.ask("sendMediaGroup", parameters{"chat_id": c.siti, "media": []any{
		parameters{"type": "photo", "media": photo}, parameters{"type": "photo", "media": photo}}})
	if !album.OK {
		t.Fatal(album.raw)
	}
	got := c.ask("editMessageMedia", parameters{"chat_id": c.siti, "message_id": last().ID, "media": parameters{"type": "document", "media": document}})
	if got.Description != "Bad Request: can't change media type in the album" {
		t.Errorf("got %s", got.raw)
	}
	if found := c.Violations(); len(found) > 0 {
		t.Errorf("violations: %v", found)
	}
}

func TestViolationsInAlbums(t *testing.T) {
	c := newCity(t, Options{})
	photo := c.sentPhoto(c.siti)
	c.ask("sendMediaGroup", parameters{"chat_id": c.siti, "media": []any{parameters{"type": "photo", "media": photo, "performer": "x"}, parameters{"type": "picture", "media": photo}}})
	if found := strings.Join(c.Violations(), "\n"); found != "sendMediaGroup: media has no type of a InputMedia\nsendMediaGroup: unknown field performer in InputMediaPhoto" {
		t.Errorf("got %q", found)
	}
}

func TestAlbumOfAPerson(t *testing.T) {
	picture, text := pictureOf(t, 4), []byte("isi")
	for _, row := range []struct {
		name   string
		files  [][]byte
		status int
		photos bool
	}{
		{"photos", [][]byte{picture, picture, picture}, 200, true},
		{"documents", [][]byte{text, text}, 200, false},
		{"a photo among documents", [][]byte{picture, text}, 200, false},
		{"eleven", [][]byte{text, text, text, text, text, text, text, text, text, text, text}, 413, false},
		{"an empty one", [][]byte{text, {}}, 413, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newPage(t)
			before := len(p.Messages(p.siti))
			status, body := p.send(p.siti, p.siti, "laporan", row.files...)
			if status != row.status {
				t.Fatalf("%d %s", status, body)
			}
			if status != 200 {
				if sent := len(p.Messages(p.siti)) - before; sent != 0 {
					t.Errorf("%d were sent", sent)
				}
				return
			}
			updates := p.takeUpdates(0)
			if len(updates) != len(row.files) || updates[0].Message.Caption != "laporan" || updates[1].Message.Caption != "" {
				t.Fatalf("got %+v", updates)
			}
			for _, update := range updates {
				if update.Message.MediaGroup == "" || update.Message.MediaGroup != updates[0].Message.MediaGroup {
					t.Errorf("not one album: %s", update.raw)
				}
				if (update.Message.Photo != nil) != row.photos {
					t.Errorf("photos: %s", update.raw)
				}
			}
			shown := p.state(p.siti, p.siti).Chat.Messages
			if last := shown[len(shown)-1]; last.Album != updates[0].Message.MediaGroup {
				t.Errorf("the page shows the album %q", last.Album)
			}
		})
	}
	p := newPage(t)
	if status, _ := p.send(p.siti, p.siti, "", text); status != 200 {
		t.Fatal("a single file is refused")
	}
	messages := p.Messages(p.siti)
	if last := messages[len(messages)-1]; last.MediaGroup != "" || last.Document == nil {
		t.Errorf("a single file: %+v", last)
	}
}

// send posts files as the page's composer does.
func (p *openPage) send(person, chat int64, text string, files ...[]byte) (int, string) {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"person": strconv.FormatInt(person, 10), "chat": strconv.FormatInt(chat, 10), "text": text} {
		if err := form.WriteField(name, value); err != nil {
			p.t.Fatal(err)
		}
	}
	for at, content := range files {
		part, err := form.CreateFormFile("file", strconv.Itoa(at)+".png")
		if err != nil {
			p.t.Fatal(err)
		}
		if _, err := part.Write(content); err != nil {
			p.t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		p.t.Fatal(err)
	}
	return p.do(http.MethodPost, "/api/say", nil, map[string]string{"Content-Type": form.FormDataContentType()}, body.Bytes()...)
}

package sim

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// kindsAndMethods are the kinds of files with the methods that send them.
var kindsAndMethods = []struct{ kind, method string }{
	{"photo", "sendPhoto"}, {"document", "sendDocument"}, {"video", "sendVideo"}, {"audio", "sendAudio"},
	{"voice", "sendVoice"}, {"animation", "sendAnimation"}, {"video_note", "sendVideoNote"},
}

// lastFile is the file of the newest message of a chat.
func (c *city) lastFile(chat int64) Shown {
	messages := c.Messages(chat)
	return messages[len(messages)-1]
}

// TestFilesOfEveryKind come from a person, go out again by their ids, and go up as uploads.
func TestFilesOfEveryKind(t *testing.T) {
	for _, row := range kindsAndMethods {
		t.Run(row.kind, func(t *testing.T) {
			c := newCity(t, Options{})
			content := pictureOf(t, 4)
			c.Send(Message{Chat: c.siti, Person: c.siti, Caption: "lihat"}, row.kind, File{Name: "a.bin", Bytes: content})
			came := c.takeUpdates(0)[0].raw
			if !strings.Contains(came, `"`+row.kind+`":`) || !strings.Contains(came, `"caption":"lihat"`) {
				t.Errorf("the bot is shown %s", came)
			}
			if row.kind == animationKind && !strings.Contains(came, `"document":`) {
				t.Error("an animation comes as a document too")
			}
			shown := c.lastFile(c.siti)
			if shown.Kind != row.kind || shown.Media == nil || shown.Media.Name != "a.bin" {
				t.Errorf("it shows %+v", shown)
			}
			call := parameters{"chat_id": c.siti, row.kind: shown.FileID, "reply_markup": keyboardOf("Siap", "1:x")}
			if row.kind != "video_note" {
				call["caption"] = "kembali"
			}
			c.sent(row.method, call)
			if again := c.lastFile(c.siti); again.FileID != shown.FileID || again.Kind != row.kind || (again.Text == "kembali") != (row.kind != "video_note") {
				t.Errorf("it came again as %+v", again)
			}
			kind, body := multipartOf(t, map[string]string{"chat_id": strconv.FormatInt(c.siti, 10)}, row.kind, "b.bin", content)
			if got := c.post(c.url+"/bot"+c.Token()+"/"+row.method, kind, body); !got.OK {
				t.Errorf("uploaded: %s", got.raw)
			}
			if up := c.lastFile(c.siti); up.Kind != row.kind || up.Media.Name != "b.bin" || up.FileID == shown.FileID {
				t.Errorf("what was uploaded shows %+v", up)
			}
			if found := c.Violations(); len(found) > 0 {
				t.Errorf("violations: %v", found)
			}
		})
	}
}

func TestRefusedMedia(t *testing.T) {
	c := newCity(t, Options{})
	ids := map[string]string{}
	for _, row := range kindsAndMethods {
		c.Send(Message{Chat: c.siti, Person: c.siti}, row.kind, File{Name: "a", Bytes: []byte("a")})
		ids[row.kind] = c.lastFile(c.siti).FileID
	}
	of := func(kind string) parameters { return parameters{"type": kind, "media": ids[kind]} }
	album := func(items ...parameters) parameters { return parameters{"chat_id": c.siti, "media": items} }
	rows := []wrongCall{
		{"no voice", "sendVoice", to(c.siti), 400, "Bad Request: there is no voice in the request"},
		{"unknown video", "sendVideo", to(c.siti, "video", "nothing"), 400, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"a long caption", "sendAudio", to(c.siti, "audio", ids["audio"], "caption", strings.Repeat("é", 1025)), 400, "Bad Request: message caption is too long"},
		{"a photo as document", "sendDocument", to(c.siti, "document", ids["photo"]), 400, "Bad Request: can't use file of type Photo as Document"},
		{"a voice as audio", "sendAudio", to(c.siti, "audio", ids["voice"]), 400, "Bad Request: can't use file of type VoiceNote as Audio"},
		{"an animation as video", "sendVideo", to(c.siti, "video", ids["animation"]), 400, "Bad Request: can't use file of type Animation as Video"},
		{"voices in an album", "sendMediaGroup", album(of("voice"), of("voice")), 400, `Bad Request: can't parse InputMedia: type "voice" is unsupported`},
		{"animations in an album", "sendMediaGroup", album(of("animation"), of("animation")), 400, `Bad Request: can't parse InputMedia: type "animation" is unsupported`},
		{"sound and films", "sendMediaGroup", album(of("audio"), of("video")), 400, "Bad Request: audio can't be mixed with other media types"},
		{"documents and films", "sendMediaGroup", album(of("video"), of("document")), 400, "Bad Request: document can't be mixed with other media types"},
		{"one unknown of an album", "sendMediaGroup", album(of("photo"), parameters{"type": "photo", "media": "AgACgone"}), 400,
			"Bad Request: wrong file identifier/HTTP URL specified"},
		{"no latitude", "sendLocation", parameters{"chat_id": c.siti, "longitude": 1}, 400, "Bad Request: latitude is empty"},
		{"no longitude", "sendLocation", parameters{"chat_id": c.siti, "latitude": 1}, 400, "Bad Request: longitude is empty"},
		{"beyond the pole", "sendLocation", parameters{"chat_id": c.siti, "latitude": 91, "longitude": 1}, 400, "Bad Request: wrong location specified"},
	}
	c.refuses(t, rows)
	if got := c.ask("sendMediaGroup", album(of("photo"), of("video"))); !got.OK {
		t.Errorf("photos and films go together: %s", got.raw)
	}
	before := len(c.Violations())
	call := album(of("photo"), of("photo"))
	call["reply_markup"] = keyboardOf("Siap", "1:x")
	c.ask("sendMediaGroup", call)
	if found := c.Violations()[before:]; !slices.Equal(found, []string{"sendMediaGroup: unknown parameter reply_markup"}) {
		t.Errorf("buttons below an album: %v", found)
	}
}

func TestLocations(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.siti, Person: c.siti, Location: &Location{-2.5, 121.125}})
	if came := c.takeUpdates(0)[0].raw; !strings.Contains(came, `"location":{"latitude":-2.5,"longitude":121.125}`) {
		t.Errorf("the bot is shown %s", came)
	}
	id := c.sent("sendLocation", parameters{"chat_id": c.siti, "latitude": -2.5, "longitude": 121.125})
	if shown := c.lastFile(c.siti); shown.Location == nil || shown.Location.String() != "-2.5,121.125" {
		t.Errorf("it shows %+v", shown)
	}
	for method, want := range map[string]string{
		"editMessageText":    "Bad Request: there is no text in the message to edit",
		"editMessageCaption": "Bad Request: there is no caption in the message to edit",
	} {
		if got := c.ask(method, parameters{"chat_id": c.siti, "message_id": id, "text": "a", "caption": "a"}); got.Description != want {
			t.Errorf("%s: %s", method, got.raw)
		}
	}
	if state := c.state(c.siti); state.Last != "-2.5,121.125" {
		t.Errorf("the list of chats shows %q", state.Last)
	}
}

// state is a person's private chat as the page lists it.
func (c *city) state(person int64) pageChat {
	c.t.Helper()
	var state pageState
	c.look(&state, person, 0, 0, window{}, c.clock.Location())
	return state.Chats[0]
}

// TestAPersonsAlbums are albums where Telegram makes one, and single messages where it does not.
func TestAPersonsAlbums(t *testing.T) {
	for _, row := range kindsAndMethods {
		c := newCity(t, Options{})
		ids := c.Send(Message{Chat: c.siti, Person: c.siti, Caption: "dua"}, row.kind, File{Name: "a", Bytes: []byte("a")}, File{Name: "b", Bytes: []byte("b")})
		messages := c.Messages(c.siti)[len(c.Messages(c.siti))-2:]
		together := messages[0].MediaGroup != "" && messages[0].MediaGroup == messages[1].MediaGroup
		if want := mediaKinds[row.kind].album != ""; len(ids) != 2 || together != want || messages[0].Text != "dua" || messages[1].Text != "" {
			t.Errorf("%s: together %v, said %q %q", row.kind, together, messages[0].Text, messages[1].Text)
		}
	}
}

// TestThePagePlaysWhatIsSent shows each kind under its name, and gives it to the browser as what it is.
func TestThePagePlaysWhatIsSent(t *testing.T) {
	p := newPage(t)
	sound, page := []byte("OggS\x00\x02 suara"), []byte("<html><script>alert(1)</script>")
	for _, row := range []struct {
		kind, name  string
		content     []byte
		contentType string
	}{
		{"voice", "a.ogg", sound, "audio/ogg"}, {"audio", "b.wav", []byte("RIFF\x00\x00\x00\x00WAVEfmt "), "audio/wave"},
		{"video", "c.webm", []byte("\x1a\x45\xdf\xa3 film"), "video/webm"}, {"document", "d.ogg", sound, "application/octet-stream"},
		{"video", "e.mp4", page, "application/octet-stream"}, {"animation", "f.gif", []byte("GIF89a"), "image/gif"},
	} {
		p.Send(Message{Chat: p.siti, Person: p.siti}, row.kind, File{Name: row.name, Bytes: row.content})
		state := p.state(p.siti, p.siti)
		file := state.Chat.Messages[len(state.Chat.Messages)-1].File
		if file == nil || file.Kind != row.kind || file.Name != row.name {
			t.Fatalf("the page shows %+v", file)
		}
		answer, err := http.Get(p.page + "/api/file?id=" + url.QueryEscape(file.ID))
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if got := answer.Header.Get("Content-Type"); got != row.contentType {
			t.Errorf("%s is given as %q, not %q", row.name, got, row.contentType)
		}
		attached := strings.Contains(answer.Header.Get("Content-Disposition"), row.name)
		if attached != (row.contentType == "application/octet-stream") {
			t.Errorf("%s: to be kept rather than shown is %v", row.name, attached)
		}
	}
}

// TestWhatAFileIsSentAs on the page is told by what it is.
func TestWhatAFileIsSentAs(t *testing.T) {
	got := map[string]string{}
	for name, file := range map[string]File{
		"picture": {MIME: "image/png", Bytes: pictureOf(t, 3)}, "no picture": {MIME: "image/png", Bytes: []byte("x")}, "gif": {MIME: "image/gif", Bytes: []byte("GIF89a")},
		"voice": {MIME: "audio/ogg; codecs=opus"}, "music": {MIME: "audio/mpeg"}, "film": {MIME: "video/mp4"}, "table": {MIME: "text/csv"}, "nothing": {},
	} {
		got[name] = kindOf(file)
	}
	want := map[string]string{"picture": "photo", "no picture": "document", "gif": "animation", "voice": "voice", "music": "audio", "film": "video",
		"table": "document", "nothing": "document"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
}

// TestFilesKeptBefore are read as what they were: a save without kinds has photos and documents.
func TestFilesKeptBefore(t *testing.T) {
	for before, want := range map[string]string{`{"id":"BQACaaaaaaaaaaaa","photo":true,"bytes":""}`: "photo", `{"id":"BQACaaaaaaaaaaaa","bytes":""}`: "document"} {
		var file savedFile
		if err := json.Unmarshal([]byte(before), &file); err != nil {
			t.Fatal(err)
		}
		kept := New(Options{}).saved()
		kept.Files = []savedFile{file}
		s := New(Options{})
		if err := s.fill(kept); err != nil || s.files[file.ID].kind != want {
			t.Errorf("%s is read as %+v, %v", before, s.files[file.ID], err)
		}
	}
}

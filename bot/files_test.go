package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// filesKept lets somebody send a file of each kind to the bot and gives them as they go
// out again. ids turns what Telegram calls them into their names.
func (b *bubble) filesKept(person int64) (files map[string]store.File, ids map[string]string) {
	b.t.Helper()
	files, ids = make(map[string]store.File), make(map[string]string)
	for kind, name := range map[string]string{filePhoto: "a.jpg", fileDocument: "b.pdf", fileVideo: "c.mp4", fileAudio: "d.mp3",
		fileVoice: "e.ogg", fileAnimation: "f.gif", fileVideoNote: "g.mp4"} {
		id := fileSent(b.telegram, person, kind, name)
		files[kind], ids[id] = store.File{Kind: kind, FileID: id, Name: name}, name
	}
	files[fileLocation] = store.File{Kind: fileLocation, FileID: "-2.5,121.1"}
	synctest.Wait()
	return files, ids
}

// fileSent lets somebody send a file to the bot, which may answer at once, and gives what
// Telegram calls the file.
func fileSent(telegram *sim.Server, person int64, kind, name string) string {
	sent := telegram.Send(sim.Message{Chat: person, Person: person}, kind, sim.File{Name: name, Bytes: []byte(name)})[0]
	messages := telegram.Messages(person)
	return messages[slices.IndexFunc(messages, func(shown sim.Shown) bool { return shown.ID == sent })].FileID
}

func (b *bubble) queueFiles(out store.Outgoing) {
	b.t.Helper()
	b.change(func(tx *store.Tx) error { return queueWithFiles(tx, out) })
}

// calls are what the bot asked of Telegram for a chat from the n-th call on, with
// the names of files in place of their ids; the chat itself is left out.
func (b *bubble) calls(chat int64, from int, ids map[string]string) []string {
	var lines []string
	for _, call := range b.telegram.Calls()[from:] {
		if call.Chat != chat {
			continue
		}
		line := call.Method
		for _, name := range slices.Sorted(maps.Keys(call.Params)) {
			if name != "chat_id" && name != "link_preview_options" {
				line += " " + name + "=" + call.Params[name]
			}
		}
		for id, name := range ids {
			line = strings.ReplaceAll(line, id, name)
		}
		if call.Outcome != "200" {
			line += " -> " + call.Outcome
		}
		lines = append(lines, line)
	}
	return lines
}

// TestWhatGoesOverTheWire is every kind of file, and every mixture, as the requests
// that Telegram gets, in their order.
func TestWhatGoesOverTheWire(t *testing.T) {
	long := strings.Repeat("a", captionLimit+1)
	buttons := [][]store.Button{{{Text: "Jawab", Data: "1:x"}}}
	const keyboard = `reply_markup={"inline_keyboard":[[{"text":"Jawab","callback_data":"1:x","copy_text":{"text":""}}]]}`
	const reply = `reply_parameters={"message_id":1,"allow_sending_without_reply":true}`
	for _, test := range []struct {
		name  string
		kinds string
		out   store.Payload
		want  []string
	}{
		{"photo", "photo", store.Payload{Text: "Foto"}, []string{"sendPhoto caption=Foto photo=a.jpg"}},
		{"document", "document", store.Payload{Text: "Laporan"}, []string{"sendDocument caption=Laporan document=b.pdf"}},
		{"video", "video", store.Payload{Text: "Video"}, []string{"sendVideo caption=Video video=c.mp4"}},
		{"audio", "audio", store.Payload{Text: "Rekaman"}, []string{"sendAudio audio=d.mp3 caption=Rekaman"}},
		{"voice", "voice", store.Payload{Text: "Suara"}, []string{"sendVoice caption=Suara voice=e.ogg"}},
		{"animation", "animation", store.Payload{Text: "Gerak"}, []string{"sendAnimation animation=f.gif caption=Gerak"}},
		{"below a round video there are no words", "video_note", store.Payload{Text: "Bulat"}, []string{"sendMessage text=Bulat", "sendVideoNote video_note=g.mp4"}},
		{"nor below a place", "location", store.Payload{Text: "Di sini"}, []string{"sendMessage text=Di sini", "sendLocation latitude=-2.5 longitude=121.1"}},
		{"no words", "location", store.Payload{}, []string{"sendLocation latitude=-2.5 longitude=121.1"}},
		{"buttons, silence, a reply", "photo", store.Payload{Text: "Foto", Buttons: buttons, Silent: true, ReplyTo: 1},
			[]string{"sendPhoto caption=Foto disable_notification=true photo=a.jpg " + keyboard + " " + reply}},
		{"buttons without words", "document", store.Payload{Buttons: buttons}, []string{"sendDocument document=b.pdf " + keyboard}},
		{"a question", "voice", store.Payload{Text: "Apa?", ForceReply: true},
			[]string{`sendVoice caption=Apa? reply_markup={"force_reply":true,"selective":true} voice=e.ogg`}},
		{"too many words for a file", "photo", store.Payload{Text: long, Buttons: buttons, ReplyTo: 1},
			[]string{"sendMessage " + keyboard + " " + reply + " text=" + long, "sendPhoto photo=a.jpg " + reply}},
		{"an album", "photo photo video", store.Payload{Text: "Tiga", Buttons: buttons, ReplyTo: 1},
			[]string{"sendMessage " + keyboard + " " + reply + " text=Tiga",
				`sendMediaGroup media=[{"type":"photo","media":"a.jpg"},{"type":"photo","media":"a.jpg"},{"type":"video","media":"c.mp4"}] ` + reply}},
		{"documents and sound apart, in their order", "photo document document audio audio voice animation photo", store.Payload{Text: "Semua"},
			[]string{"sendMessage text=Semua", "sendPhoto photo=a.jpg", `sendMediaGroup media=[{"type":"document","media":"b.pdf"},{"type":"document","media":"b.pdf"}]`,
				`sendMediaGroup media=[{"type":"audio","media":"d.mp3"},{"type":"audio","media":"d.mp3"}]`, "sendVoice voice=e.ogg", "sendAnimation animation=f.gif",
				"sendPhoto photo=a.jpg"}},
		{"eleven photos", strings.TrimSpace(strings.Repeat("photo ", 11)), store.Payload{},
			[]string{"sendMediaGroup media=[" + strings.TrimSuffix(strings.Repeat(`{"type":"photo","media":"a.jpg"},`, 10), ",") + "]", "sendPhoto photo=a.jpg"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
				b.start()
				person := b.person("Baso")
				files, ids := b.filesKept(person)
				for kind := range strings.FieldsSeq(test.kinds) {
					test.out.Files = append(test.out.Files, files[kind])
				}
				from := len(b.telegram.Calls())
				b.queueFiles(store.Outgoing{ChatID: person, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: test.out})
				synctest.Wait()
				if difference := cmp.Diff(test.want, b.calls(person, from, ids)); difference != "" {
					t.Error(difference)
				}
				if open, _ := b.waiting(); open != 0 {
					t.Errorf("%d rows are still open", open)
				}
			})
		})
	}
}

// TestACardKeepsItsWords when files go with it: they follow, and the card can grow.
func TestACardKeepsItsWords(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		files, ids := b.filesKept(person)
		from := len(b.telegram.Calls())
		out := store.Outgoing{ChatID: person, Kind: store.KindCard, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: "Q-1", Subject: "Q-1", About: "card", Files: []store.File{files[filePhoto]}}}
		b.change(func(tx *store.Tx) error {
			card, err := tx.Card("Q-1", "card", person, 0)
			if err != nil {
				return err
			}
			out.CardID, out.First = card.ID, true
			return queueWithFiles(tx, out)
		})
		synctest.Wait()
		out.Payload.Files, out.Payload.Text, out.First = nil, "Q-1 dijawab", false
		b.queueFiles(out)
		synctest.Wait()
		messages := b.telegram.Messages(person)
		want := []string{"sendMessage text=Q-1", "sendPhoto photo=a.jpg", fmt.Sprintf("editMessageText message_id=%d text=Q-1 dijawab", messages[len(messages)-2].ID)}
		if difference := cmp.Diff(want, b.calls(person, from, ids)); difference != "" {
			t.Error(difference)
		}
	})
}

// TestAReplyToAnyFileNamesTheThing, to the third photo as to the words before them.
func TestAReplyToAnyFileNamesTheThing(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		files, _ := b.filesKept(person)
		photo := files[filePhoto]
		before := len(b.telegram.Messages(person))
		b.queueFiles(store.Outgoing{ChatID: person, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: "Foto", Subject: "Q-7", About: "question", Files: []store.File{photo, photo, photo, files[fileVoice]}}})
		synctest.Wait()
		messages := b.telegram.Messages(person)[before:]
		if len(messages) != 5 {
			t.Fatalf("%d messages arrived", len(messages))
		}
		for _, message := range messages {
			b.change(func(tx *store.Tx) error {
				subject, about, err := tx.MessageAbout(person, message.ID)
				if subject != "Q-7" || about != "question" {
					t.Errorf("message %d is about %q as %q", message.ID, subject, about)
				}
				return err
			})
		}
	})
}

// TestWordsBelowAFileCanBeEdited, as when a button below a photo is pressed. What
// does not fit below it any more comes as a message.
func TestWordsBelowAFileCanBeEdited(t *testing.T) {
	inBubble(t, sim.Options{}, func(t *testing.T, b *bubble) {
		b.start()
		person := b.person("Baso")
		files, _ := b.filesKept(person)
		b.queueFiles(store.Outgoing{ChatID: person, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: "sebelum", Files: []store.File{files[filePhoto]}, Buttons: [][]store.Button{{{Text: "Siap", Data: "1:x"}}}}})
		synctest.Wait()
		messages := b.telegram.Messages(person)
		photo := messages[len(messages)-1]
		long := "panjang " + strings.Repeat("a", captionLimit)
		for _, text := range []string{"sesudah", "sesudah", long} {
			edit := plainRow(person, store.PriorityAnswer, text)
			edit.Kind, edit.Payload.MessageID = store.KindEdit, photo.ID
			b.queue(edit)
			synctest.Wait()
		}
		if said := b.said(person, "sesudah"); len(said) != 1 {
			t.Errorf("the photo says %q", said)
		}
		if said := b.said(person, "panjang"); len(said) != 1 || said[0] != long {
			t.Errorf("what is too long for a photo: %d messages", len(said))
		}
		if said := b.said(person, "sebelum"); len(said) != 0 {
			t.Errorf("the old words stand there still: %q", said)
		}
	})
}

func TestWhatCannotBeQueued(t *testing.T) {
	photo := store.File{Kind: filePhoto, FileID: "x"}
	for name, payload := range map[string]store.Payload{
		"a kind that there is not":      {Text: "a", Files: []store.File{{Kind: "sticker", FileID: "x"}}},
		"buttons below an album":        {Files: []store.File{photo, photo}, Buttons: [][]store.Button{{{Text: "x", Data: "1:x"}}}},
		"a question below an album":     {Files: []store.File{photo, photo}, ForceReply: true},
		"buttons below a place, silent": {Files: []store.File{{Kind: fileLocation, FileID: "1,2"}}, Buttons: [][]store.Button{{{Text: "x", Data: "1:x"}}}},
	} {
		if rows, err := rowsWithFiles(store.Outgoing{Kind: store.KindMessage, Payload: payload}); err == nil {
			t.Errorf("%s: it becomes %d rows", name, len(rows))
		}
	}
}

// TestRowsCarryEverythingOnce for messages of any words, files and buttons: the
// words once and before the files, every file once and in order, and every row is
// one that Telegram takes.
func TestRowsCarryEverythingOnce(t *testing.T) {
	kinds := slices.Sorted(maps.Keys(sendable))
	rapid.Check(t, func(t *rapid.T) {
		out := store.Outgoing{ChatID: 5, ThreadID: rapid.IntRange(0, 3).Draw(t, "thread"), Kind: store.KindMessage,
			Priority: store.Priority(rapid.IntRange(0, 3).Draw(t, "priority")), UniqueKey: rapid.SampledFrom([]string{"", "key"}).Draw(t, "key"),
			CardID: rapid.Int64Range(0, 1).Draw(t, "card"), NotBefore: time.Unix(rapid.Int64Range(0, 5).Draw(t, "not before"), 0)}
		out.Payload = store.Payload{ReplyTo: rapid.IntRange(0, 9).Draw(t, "reply"), Subject: "Q-1", About: "question", Silent: rapid.Bool().Draw(t, "silent"),
			Text: strings.Repeat("é", rapid.SampledFrom([]int{1, 5, captionLimit, captionLimit + 1, textLimit}).Draw(t, "letters"))}
		for i := range rapid.IntRange(0, 25).Draw(t, "files") {
			file := store.File{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), FileID: fmt.Sprint(i)}
			if file.Kind != fileLocation && rapid.IntRange(0, 9).Draw(t, "made") == 0 {
				file.FileID, file.Maker = "", fmt.Sprint(i)
			}
			out.Payload.Files = append(out.Payload.Files, file)
		}
		if rapid.Bool().Draw(t, "buttons") {
			out.Payload.Buttons = [][]store.Button{{{Text: "x", Data: "1:x"}}}
		}
		rows, err := rowsWithFiles(out)
		if err != nil {
			t.Fatal(err)
		}
		checkRows(t, out, rows)
	})
}

func checkRows(t *rapid.T, out store.Outgoing, rows []store.Outgoing) {
	var files []store.File
	keys, words, buttons, cards := map[string]bool{}, 0, 0, 0
	for i, row := range rows {
		p := row.Payload
		files = append(files, p.Files...)
		if p.Text != "" {
			words++
			if i != 0 || p.Text != out.Payload.Text {
				t.Errorf("row %d says %q", i, p.Text)
			}
		}
		buttons += len(p.Buttons)
		if row.CardID != 0 {
			cards++
		}
		if row.UniqueKey != "" && keys[row.UniqueKey] || (row.UniqueKey == "") != (out.UniqueKey == "") {
			t.Errorf("row %d has the key %q", i, row.UniqueKey)
		}
		keys[row.UniqueKey] = true
		if row.ChatID != out.ChatID || row.ThreadID != out.ThreadID || row.Priority != out.Priority || !row.NotBefore.Equal(out.NotBefore) ||
			p.Subject != "Q-1" || p.About != "question" || p.ReplyTo != out.Payload.ReplyTo || p.Silent != out.Payload.Silent {
			t.Errorf("row %d goes elsewhere: %+v", i, row)
		}
		checkRow(t, row)
	}
	if !slices.EqualFunc(files, out.Payload.Files, func(a, b store.File) bool { return a.Kind == b.Kind && a.FileID == b.FileID && a.Maker == b.Maker }) {
		t.Errorf("the files are %+v", files)
	}
	if words != 1 || buttons != len(out.Payload.Buttons) || cards != int(out.CardID) {
		t.Errorf("words stand in %d rows, buttons in %d, the card in %d", words, buttons, cards)
	}
}

// checkRow holds a row to what Telegram takes in one request.
func checkRow(t *rapid.T, row store.Outgoing) {
	files := row.Payload.Files
	if len(files) == 0 {
		return
	}
	if row.CardID != 0 || len(files) > 10 || utf8.RuneCountInString(row.Payload.Text) > 1024 {
		t.Errorf("a card, too many files or words: %+v", row)
	}
	together := map[string]string{filePhoto: "pictures", fileVideo: "pictures", fileDocument: "document", fileAudio: "audio"}
	for _, file := range files {
		switch {
		case row.Payload.Text != "" && (file.Kind == fileLocation || file.Kind == fileVideoNote):
			t.Errorf("there are words below %+v", file)
		case len(files) > 1 && (together[file.Kind] == "" || together[file.Kind] != together[files[0].Kind] || file.Maker != ""):
			t.Errorf("in one album: %+v", files)
		case len(files) > 1 && (len(row.Payload.Buttons) > 0 || row.Payload.Text != ""):
			t.Errorf("words or buttons below an album: %+v", row)
		}
	}
}

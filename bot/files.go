package bot

import (
	"errors"
	"strconv"
	"time"

	"github.com/rembuk/rembuk/store"
)

// Kinds of files. These words stand in the database: they are added to, never changed.
const (
	filePhoto     = "photo"
	fileDocument  = "document"
	fileVideo     = "video"
	fileAudio     = "audio"
	fileVoice     = "voice"
	fileAnimation = "animation"
	fileVideoNote = "video_note"
	fileLocation  = "location" // no file, but a place on the map: its id is "latitude,longitude"
)

// sendable says how files are sent: the method, whether words can stand below one,
// and with which others it makes an album ("" for none).
var sendable = map[string]struct {
	method  string
	caption bool
	album   string
}{
	filePhoto:     {"sendPhoto", true, "pictures"},
	fileVideo:     {"sendVideo", true, "pictures"},
	fileDocument:  {"sendDocument", true, fileDocument},
	fileAudio:     {"sendAudio", true, fileAudio},
	fileVoice:     {"sendVoice", true, ""},
	fileAnimation: {"sendAnimation", true, ""},
	fileVideoNote: {"sendVideoNote", false, ""},
	fileLocation:  {"sendLocation", false, ""},
}

// albumLimit is how many files go into one album.
const albumLimit = 10

// queueWithFiles queues a message with the files that go with it, as the rows it
// takes. One file carries the words and the buttons itself. Before several, below a
// card, and where the words are too long for a file, they are a message of their
// own, and the files follow as albums; everything is about the same thing and
// answers the same message. Below an album there are no buttons: several files
// without words cannot have any. Each call sends the files.
func queueWithFiles(tx *store.Tx, out store.Outgoing) error {
	rows, err := rowsWithFiles(out)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := tx.Queue(row, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// rowsWithFiles splits a message with files into rows, each of which is one request.
func rowsWithFiles(out store.Outgoing) ([]store.Outgoing, error) {
	files := out.Payload.Files
	for _, file := range files {
		if _, known := sendable[file.Kind]; !known {
			return nil, errors.New("a file of no kind that can be sent: " + strconv.Quote(file.Kind))
		}
	}
	if len(files) == 1 && carries(files[0], out) {
		return []store.Outgoing{out}, nil
	}
	var rows []store.Outgoing
	words := out
	words.Payload.Files = nil
	switch {
	case out.Payload.Text != "" || out.CardID != 0 || len(files) == 0:
		rows = append(rows, words)
	case len(out.Payload.Buttons) > 0 || out.Payload.ForceReply:
		return nil, errors.New("what is asked below several files needs words")
	}
	for i, together := range albums(files) {
		row := store.Outgoing{
			ChatID: out.ChatID, ThreadID: out.ThreadID, Kind: store.KindMessage, Priority: out.Priority, NotBefore: out.NotBefore,
			Payload: store.Payload{Files: together, ReplyTo: out.Payload.ReplyTo, Subject: out.Payload.Subject, About: out.Payload.About,
				Silent: out.Payload.Silent},
		}
		if out.UniqueKey != "" {
			row.UniqueKey = out.UniqueKey + " file " + strconv.Itoa(i+1)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// carries tells whether all that a message says can stand on its only file. What
// is edited later stays a text, so that it may grow.
func carries(file store.File, out store.Outgoing) bool {
	asks := out.Payload.Text != "" || len(out.Payload.Buttons) > 0 || out.Payload.ForceReply
	return out.Kind == store.KindMessage && out.CardID == 0 &&
		(!asks || sendable[file.Kind].caption && fits(out.Payload.Text, captionLimit))
}

// albums puts files together as far as Telegram does, in their order. A file that
// is made goes alone, so that nothing waits for it but itself.
func albums(files []store.File) [][]store.File {
	var all [][]store.File
	before := ""
	for _, file := range files {
		kind := sendable[file.Kind].album
		if file.Maker != "" {
			kind = ""
		}
		last := len(all) - 1
		if kind == "" || kind != before || len(all[last]) == albumLimit {
			all = append(all, []store.File{file})
		} else {
			all[last] = append(all[last], file)
		}
		before = kind
	}
	return all
}

// keptFiles are the files of a thing as they go out.
func keptFiles(attachments []store.Attachment) []store.File {
	files := make([]store.File, len(attachments))
	for i, a := range attachments {
		files[i] = store.File{Kind: a.Kind, FileID: a.FileID, Name: a.Name}
	}
	return files
}

package sim

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// How much of what went over the line is kept: the newest entries, so many and so many bytes of them. A body longer than
// mostWireBody is told by its length alone.
const (
	mostWire      = 2000
	mostWireBytes = 8 << 20
	mostWireBody  = 256 << 10
	mostWireWords = 100 // characters in a list
	tooLongToKeep = "too_long_to_keep_bytes"
)

// The kinds of what goes over the line. A poll counts as a call only if it got something else than updates.
const (
	wireCall   = "call"
	wireUpdate = "update"
)

// wireEntry is one call of the bot, or one update that was handed to it.
type wireEntry struct {
	number  int64
	at      time.Time // when it began, in real time
	took    time.Duration
	host    string // where the call went
	kind    string
	name    string // the method, or the kind of the update
	chat    int64
	press   string // the press that an update tells of
	words   string // what is said, in short
	params  json.RawMessage
	uploads []wireUpload
	code    int // of the answer; 0 if the bot got none
	answer  json.RawMessage
	faults  []FaultKind
}

// wireUpload is a file that came with a call. Its content is not kept.
type wireUpload struct {
	Field string `json:"field"`
	Name  string `json:"name"`
	MIME  string `json:"mime"`
	Size  int    `json:"size"`
}

// wireLog keeps what went over the line between the bot and this server, from when a page is first served. Before, a call
// pays no more for it than one look.
type wireLog struct {
	begun   atomic.Bool
	mutex   sync.Mutex
	entries []*wireEntry // oldest first
	last    int64        // how many there ever were
	bytes   int
}

// wireWriter remembers an answer on its way out.
type wireWriter struct {
	http.ResponseWriter
	began time.Time
	host  string
	code  int
	body  []byte
}

// watch remembers what is answered to a call.
func watch(w http.ResponseWriter, r *http.Request) *wireWriter {
	return &wireWriter{ResponseWriter: w, began: time.Now(), host: r.Host}
}

func (w *wireWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

func (w *wireWriter) Write(part []byte) (int, error) {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	w.body = append(w.body, part...)
	return w.ResponseWriter.Write(part)
}

// keepWire takes a call that has ended into the log, be it by a broken line, or the updates that it brought.
func (s *Server) keepWire(call *request, written *wireWriter) {
	entries := []*wireEntry{}
	if call.method == pollMethod && written.code == http.StatusOK {
		entries = s.handedOver(written.body)
	} else {
		entries = append(entries, s.wireCall(call, written))
	}
	if len(entries) == 0 {
		return
	}
	s.wire.add(entries)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.changed()
}

func (s *Server) wireCall(call *request, written *wireWriter) *wireEntry {
	entry := &wireEntry{at: written.began, took: time.Since(written.began), host: written.host, kind: wireCall, name: call.name(),
		chat: call.number("chat_id"), words: shortened(s.hide(call.values["text"]), s.hide(call.values["caption"])),
		params: s.wireBody(call.parameters()), code: written.code, faults: call.faults}
	if len(written.body) > 0 {
		entry.answer = s.wireBody(written.body)
	}
	for _, field := range slices.Sorted(maps.Keys(call.uploads)) {
		file := call.uploads[field]
		entry.uploads = append(entry.uploads, wireUpload{Field: field, Name: file.Name, MIME: file.MIME, Size: len(file.Bytes)})
	}
	if press := call.values["callback_query_id"]; press != "" {
		entry.chat = s.wire.chatOfPress(press)
	}
	return entry
}

// handedOver makes an entry of every update in the answer to a poll.
func (s *Server) handedOver(body []byte) []*wireEntry {
	var answer struct{ Result []json.RawMessage }
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil // the answer broke off
	}
	var entries []*wireEntry
	for _, raw := range answer.Result {
		entry := &wireEntry{at: time.Now(), kind: wireUpdate, params: s.wireBody(raw)}
		var fields map[string]json.RawMessage
		if json.Unmarshal(entry.params, &fields) == nil {
			for name, content := range fields {
				if name != "update_id" {
					entry.name = name
					entry.read(content)
				}
			}
		}
		entries = append(entries, entry)
	}
	return entries
}

// read finds out where an update happened and what it says. One that was put in by hand may be of any shape.
func (e *wireEntry) read(content json.RawMessage) {
	type said struct {
		Chat                struct{ ID int64 }
		Text, Caption, Data string
	}
	var update struct {
		said
		Message *said
		ID      string
	}
	if json.Unmarshal(content, &update) != nil {
		return
	}
	e.chat, e.words = update.Chat.ID, shortened(update.Text, update.Caption, update.Data)
	if update.Message != nil {
		e.chat, e.press = update.Message.Chat.ID, update.ID
	}
}

// shortened is the beginning of the first text that is not empty.
func shortened(texts ...string) string {
	for _, text := range texts {
		if line, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); line != "" {
			runes := []rune(line)
			return string(runes[:min(len(runes), mostWireWords)])
		}
	}
	return ""
}

// wireBody is a body as it is kept: JSON in any case, without the bot's token, and never very long.
func (s *Server) wireBody(body []byte) json.RawMessage {
	if len(body) > mostWireBody {
		return encode(map[string]int{tooLongToKeep: len(body)})
	}
	body = []byte(s.hide(string(bytes.TrimSpace(body))))
	if !json.Valid(body) {
		return encode(string(body)) // the page of a front end
	}
	return body
}

// hide puts the name of a variable in the place of the bot's token.
func (s *Server) hide(text string) string { return strings.ReplaceAll(text, s.token, "$TOKEN") }

// parameters are what was sent, as one JSON object: what came as JSON is left as it is.
func (r *request) parameters() []byte {
	fields := make(map[string]any, len(r.values))
	for name, value := range r.values {
		if r.literal[name] {
			fields[name] = json.RawMessage(value)
		} else {
			fields[name] = value
		}
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(fields); err != nil {
		return encode("unreadable")
	}
	return body.Bytes()
}

// add numbers the entries and drops the oldest ones that are too many.
func (l *wireLog) add(entries []*wireEntry) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, entry := range entries {
		l.last++
		entry.number = l.last
		l.entries = append(l.entries, entry)
		l.bytes += entry.size()
	}
	drop := 0
	for l.bytes > mostWireBytes || len(l.entries)-drop > mostWire {
		l.bytes -= l.entries[drop].size()
		drop++
	}
	l.entries = slices.Delete(l.entries, 0, drop)
}

func (e *wireEntry) size() int { return len(e.params) + len(e.answer) }

// chatOfPress is the chat in which a press was made, 0 if it is not known any more.
func (l *wireLog) chatOfPress(press string) int64 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, entry := range slices.Backward(l.entries) {
		if entry.press == press {
			return entry.chat
		}
	}
	return 0
}

// kept are the entries, oldest first, and the number of the newest that ever was.
func (l *wireLog) kept() ([]*wireEntry, int64) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return slices.Clone(l.entries), l.last
}

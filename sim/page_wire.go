package sim

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// pageWire is what is known of the line, without the bodies.
type pageWire struct {
	Began   int64           `json:"began"` // unix microseconds; another number is another city
	First   int64           `json:"first"` // the oldest that is kept
	Last    int64           `json:"last"`  // the newest that ever was
	Names   []pageWireName  `json:"names"` // the methods and the kinds of updates among what is kept
	Entries []pageWireEntry `json:"entries"`
}

type pageWireName struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
}

type pageWireEntry struct {
	Number int64    `json:"number"`
	At     int64    `json:"at"`   // unix milliseconds
	Took   float64  `json:"took"` // milliseconds
	Kind   string   `json:"kind"` // call or update
	Name   string   `json:"name"`
	Chat   int64    `json:"chat"`
	Title  string   `json:"title"`
	Words  string   `json:"words"` // what is said, in short
	Code   int      `json:"code"`
	Faults []string `json:"faults"`
}

// pageWireWhole is one entry with its bodies.
type pageWireWhole struct {
	pageWireEntry
	Params  json.RawMessage `json:"params"`
	Uploads []wireUpload    `json:"uploads"`
	Answer  json.RawMessage `json:"answer"`
	Curl    string          `json:"curl"` // does a call once more
}

// faultNames are the faults as the page calls them.
var faultNames = map[FaultKind]string{
	Slow: "slow", Error429: "429", Error500: "500", Error502HTML: "502", BreakBefore: "before", BreakAfter: "after",
	Unauthorized401: "401", Conflict409: "409", Refuse: "refuse",
}

// handleWire serves what goes over the line, which is kept from now on.
func (p *page) handleWire(mux *http.ServeMux) {
	p.server.wire.begun.Store(true)
	mux.HandleFunc("GET /api/wire", p.wire)
	mux.HandleFunc("GET /api/wire/{number}", p.wireWhole)
}

// wire lists what is kept: GET api/wire?after&chat&kind, the entries after a number, of one chat, and of one kind, which
// is "call", "update", a method or a kind of update.
func (p *page) wire(w http.ResponseWriter, r *http.Request) {
	after, chat, kind := numberOf(r, "after"), numberOf(r, "chat"), r.FormValue("kind")
	kept, last := p.server.wire.kept()
	shown := pageWire{Began: p.server.beginning.UnixMicro(), First: last + 1, Last: last, Names: []pageWireName{}, Entries: []pageWireEntry{}}
	if len(kept) > 0 {
		shown.First = kept[0].number
	}
	titles := p.server.titles()
	for _, entry := range kept {
		if name := (pageWireName{entry.kind, entry.name}); !slices.Contains(shown.Names, name) {
			shown.Names = append(shown.Names, name)
		}
		if entry.number > after && (chat == 0 || entry.chat == chat) && (kind == "" || kind == entry.kind || kind == entry.name) {
			shown.Entries = append(shown.Entries, entry.shown(titles))
		}
	}
	slices.SortFunc(shown.Names, func(a, b pageWireName) int { return strings.Compare(a.Kind+a.Name, b.Kind+b.Name) })
	writeJSON(w, http.StatusOK, shown)
}

func (p *page) wireWhole(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		number = 0
	}
	kept, _ := p.server.wire.kept()
	at, found := slices.BinarySearchFunc(kept, number, func(entry *wireEntry, number int64) int { return int(entry.number - number) })
	if !found {
		refuse(w, http.StatusNotFound, "wire_gone")
		return
	}
	entry := kept[at]
	writeJSON(w, http.StatusOK, pageWireWhole{pageWireEntry: entry.shown(p.server.titles()), Params: entry.params,
		Uploads: entry.uploads, Answer: entry.answer, Curl: entry.curl()})
}

func (e *wireEntry) shown(titles map[int64]string) pageWireEntry {
	shown := pageWireEntry{Number: e.number, At: e.at.UnixMilli(), Took: float64(e.took.Microseconds()) / 1000, Kind: e.kind, Name: e.name,
		Chat: e.chat, Title: titles[e.chat], Words: e.words, Code: e.code, Faults: []string{}}
	for _, fault := range e.faults {
		shown.Faults = append(shown.Faults, faultNames[fault])
	}
	return shown
}

// titles are the names of all chats as the page calls them.
func (s *Server) titles() map[int64]string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	titles := make(map[int64]string, len(s.chats)+len(s.people))
	for id, someone := range s.people {
		titles[id] = fullName(someone.wireUser)
	}
	for id, c := range s.chats {
		if c.Title != "" {
			titles[id] = c.Title
		}
	}
	return titles
}

var plainAddress = regexp.MustCompile(`^[A-Za-z0-9.:\[\]-]+/[A-Za-z0-9]+$`)

// curl is a line for the shell that does a call once more, "" where that cannot be written down. The token is left to the
// variable TOKEN, and a file that was sent is looked for under its name where the line is run.
func (e *wireEntry) curl() string {
	var fields map[string]json.RawMessage
	if e.kind != wireCall || !plainAddress.MatchString(e.host+"/"+e.name) || json.Unmarshal(e.params, &fields) != nil || fields[tooLongToKeep] != nil {
		return ""
	}
	line := []string{"curl", "-sS", `"http://` + e.host + "/bot$TOKEN/" + e.name + `"`}
	if len(e.uploads) == 0 {
		return strings.Join(append(line, "-H", quoted("Content-Type: application/json"), "-d", quoted(string(e.params))), " ")
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value := string(fields[name])
		var text string
		if json.Unmarshal(fields[name], &text) == nil {
			value = text
		}
		line = append(line, "--form-string", quoted(name+"="+value))
	}
	for _, file := range e.uploads {
		name := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(file.Name)
		line = append(line, "-F", quoted(file.Field+`=@"`+name+`"`))
	}
	return strings.Join(line, " ")
}

// quoted is a text as the shell takes it as it is.
func quoted(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

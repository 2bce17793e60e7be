package sim

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pageState is everything that the page shows to one person.
type pageState struct {
	World  string       `json:"world"` // another one after starting over
	Bot    string       `json:"bot"`
	Clock  pageTime     `json:"clock"`
	Next   *pageTime    `json:"next"`
	Person int64        `json:"person"`
	People []pagePerson `json:"people"`
	Chats  []pageChat   `json:"chats"`
	Chat   *pageTalk    `json:"chat"`
}

// pageTime is a moment in the city's zone; the page writes it in its language.
type pageTime struct {
	Day  string `json:"day"`  // 2026-11-25
	Time string `json:"time"` // 09.00
	Zone string `json:"zone"`
}

type pagePerson struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
	Started  bool   `json:"started"`
	Blocked  bool   `json:"blocked"` // blocks the bot
	Gone     bool   `json:"gone"`    // has deleted the account
}

type pageChat struct {
	ID     int64     `json:"id"`
	Title  string    `json:"title"`
	Kind   string    `json:"kind"`
	Last   string    `json:"last"`
	From   string    `json:"from"`
	When   *pageTime `json:"when"`
	Unread int       `json:"unread"`
	moved  time.Time
}

// numberOf reads a number of a form; what is left out or unreadable is 0, which names nothing.
func numberOf(r *http.Request, name string) int64 {
	value, err := strconv.ParseInt(r.FormValue(name), 10, 64)
	if err != nil {
		return 0
	}
	return value
}

// state shows a person's chats, and of the open one as much as is asked for:
// GET api/state?person&chat&thread, with limit and one of around, before and after, which are ids of messages.
func (p *page) state(w http.ResponseWriter, r *http.Request) {
	number := func(name string) int { return int(numberOf(r, name)) }
	now := p.side.Now()
	state := pageState{Clock: timeOf(now), World: p.side.Standing().World}
	if due, any := p.side.Next(); any {
		next := timeOf(due.In(now.Location()))
		state.Next = &next
	}
	asked := window{limit: number("limit"), around: number("around"), before: number("before"), after: number("after")}
	p.server.look(&state, numberOf(r, "person"), numberOf(r, "chat"), number("thread"), asked, now.Location())
	writeJSON(w, http.StatusOK, state)
}

// look fills in what a person sees. It keeps nothing that changes later, so that encoding it holds nobody up.
func (s *Server) look(state *pageState, person, chat int64, thread int, asked window, zone *time.Location) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.passTime()
	state.Bot = s.bot.Username
	for _, someone := range s.cast {
		state.People = append(state.People, pagePerson{ID: someone.ID, Name: fullName(someone.wireUser),
			Username: someone.Username, Started: someone.started, Blocked: someone.blocked, Gone: someone.deactivated})
	}
	viewer := s.people[person]
	if viewer == nil && len(s.cast) > 0 {
		viewer = s.cast[0]
	}
	if viewer == nil {
		return
	}
	state.Person = viewer.ID
	state.Chats = s.chatsOf(viewer, zone)
	if c := s.openFor(viewer, chat); c != nil {
		state.Chat = s.talkOf(viewer, c, thread, asked, zone)
	}
}

// read is a person having read the open chat up to a message: POST api/read (person, chat, thread, message).
func (p *page) read(w http.ResponseWriter, r *http.Request) {
	a, ok := p.actor(w, r)
	if !ok {
		return
	}
	p.server.Read(a.chat, a.person, int(numberOf(r, "thread")), a.message)
	writeJSON(w, http.StatusOK, struct{}{})
}

func timeOf(at time.Time) pageTime {
	zone, _ := at.Zone()
	return pageTime{Day: at.Format(time.DateOnly), Time: at.Format("15.04"), Zone: zone}
}

// chatsOf are the chats that a person has: the one with the bot first, then groups, the liveliest first.
func (s *Server) chatsOf(viewer *person, zone *time.Location) []pageChat {
	var chats []pageChat
	for _, c := range s.chatOrder {
		if c.Type != kindPrivate && c.inside(viewer.ID) && c.migratedTo == 0 {
			chats = append(chats, s.listed(viewer, c, zone))
		}
	}
	slices.SortStableFunc(chats, func(a, b pageChat) int { return b.moved.Compare(a.moved) })
	private := pageChat{ID: viewer.ID, Kind: kindPrivate}
	if c := s.chats[viewer.ID]; c != nil {
		private = s.listed(viewer, c, zone)
	}
	private.Title = s.bot.FirstName
	return append([]pageChat{private}, chats...)
}

func (s *Server) listed(viewer *person, c *chat, zone *time.Location) pageChat {
	listed := pageChat{ID: c.ID, Title: c.Title, Kind: c.Type, Unread: c.unread(viewer.ID)}
	for _, m := range slices.Backward(c.messages) {
		if m.deleted || m.service != nil {
			continue
		}
		when := timeOf(m.date.In(zone))
		listed.When, listed.moved = &when, m.date
		if listed.Last = firstLine(m); c.Type != kindPrivate {
			listed.From = m.from.FirstName
		}
		return listed
	}
	return listed
}

// firstLine is the beginning of what a message says, or the name of its file.
func firstLine(m *message) string {
	line, _, _ := strings.Cut(m.text, "\n")
	if m.poll != nil {
		line = m.poll.question
	}
	if line == "" && m.file != nil {
		line = m.file.Name
	}
	if m.location != nil {
		line = m.location.String()
	}
	if letters := []rune(line); len(letters) > 80 {
		return string(letters[:80]) + "…"
	}
	return line
}

// openFor finds a chat that the person may look into.
func (s *Server) openFor(viewer *person, id int64) *chat {
	if id == viewer.ID {
		return s.privateChat(viewer)
	}
	if c := s.chats[id]; c != nil && c.Type != kindPrivate && c.inside(viewer.ID) {
		return c
	}
	return nil
}

// file gives a file to the browser. Only pictures are shown in place, and only sound and films played there.
func (p *page) file(w http.ResponseWriter, r *http.Request) {
	p.server.mutex.Lock()
	found := p.server.files[r.FormValue("id")]
	p.server.mutex.Unlock()
	if found == nil {
		http.NotFound(w, r)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "application/octet-stream")
	kind, _, _ := strings.Cut(http.DetectContentType(found.Bytes), "/")
	switch {
	case found.kind == photoKind, found.kind != documentKind && (kind == "audio" || kind == "video" || kind == "image"):
		header.Set("Content-Type", http.DetectContentType(found.Bytes))
	case found.kind != documentKind && strings.HasPrefix(http.DetectContentType(found.Bytes), "application/ogg"):
		header.Set("Content-Type", "audio/ogg")
	default:
		header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": found.Name}))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(found.Bytes)) // a player asks for parts
}

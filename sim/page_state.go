package sim

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// pageState is everything that the page shows to one person.
type pageState struct {
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
}

type pageChat struct {
	ID    int64     `json:"id"`
	Title string    `json:"title"`
	Kind  string    `json:"kind"`
	Last  string    `json:"last"`
	From  string    `json:"from"`
	When  *pageTime `json:"when"`
	moved time.Time
}

// pageTalk is the open chat.
type pageTalk struct {
	ID       int64         `json:"id"`
	Started  bool          `json:"started"`
	Living   bool          `json:"living"` // false: it has become a supergroup
	Members  int           `json:"members"`
	Topics   []pageTopic   `json:"topics"`
	Menu     []Command     `json:"menu"`
	Earlier  bool          `json:"earlier"`
	Messages []pageMessage `json:"messages"`
}

type pageTopic struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type pageMessage struct {
	ID       int        `json:"id"`
	Name     string     `json:"name"`
	Who      int64      `json:"who"`
	Mine     bool       `json:"mine"`
	Bot      bool       `json:"bot"`
	Text     string     `json:"text"`
	Entities []Entity   `json:"entities"`
	Buttons  [][]Button `json:"buttons"`
	Quote    *pageQuote `json:"quote"`
	When     pageTime   `json:"when"`
	Edited   bool       `json:"edited"`
	Unseen   bool       `json:"unseen"` // privacy mode kept it from the bot
	Asks     bool       `json:"asks"`   // asks this person for a reply
	File     *pageFile  `json:"file"`
	Service  string     `json:"service"`
	Reaction string     `json:"reaction"`
}

type pageQuote struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Text string `json:"text"`
}

type pageFile struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Size  int    `json:"size"`
	Photo bool   `json:"photo"`
	// Width and Height are a photo's, in pixels.
	Width  int `json:"width"`
	Height int `json:"height"`
}

const usualMessages = 150

func (p *page) state(w http.ResponseWriter, r *http.Request) {
	number := func(name string) int64 {
		value, err := strconv.ParseInt(r.FormValue(name), 10, 64)
		if err != nil {
			return 0 // the page leaves out what it does not choose
		}
		return value
	}
	state := pageState{Clock: timeOf(p.side.Now())}
	if due, any := p.side.Next(); any {
		next := timeOf(due.In(p.side.Now().Location()))
		state.Next = &next
	}
	zone := p.side.Now().Location()
	s := p.server
	s.mutex.Lock()
	defer s.mutex.Unlock()
	state.Bot = s.bot.Username
	for _, someone := range s.cast {
		state.People = append(state.People, pagePerson{someone.ID, fullName(someone.wireUser), someone.Username})
	}
	viewer := s.people[number("person")]
	if viewer == nil && len(s.cast) > 0 {
		viewer = s.cast[0]
	}
	if viewer != nil {
		state.Person = viewer.ID
		state.Chats = s.chatsOf(viewer, zone)
		if c := s.openFor(viewer, number("chat")); c != nil {
			limit := max(usualMessages, int(number("limit")))
			state.Chat = s.talkOf(viewer, c, int(number("thread")), limit, zone)
		}
	}
	writeJSON(w, http.StatusOK, state)
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
			chats = append(chats, s.listed(c, zone))
		}
	}
	slices.SortStableFunc(chats, func(a, b pageChat) int { return b.moved.Compare(a.moved) })
	private := pageChat{ID: viewer.ID, Kind: kindPrivate}
	if c := s.chats[viewer.ID]; c != nil {
		private = s.listed(c, zone)
	}
	private.Title = s.bot.FirstName
	return append([]pageChat{private}, chats...)
}

func (s *Server) listed(c *chat, zone *time.Location) pageChat {
	listed := pageChat{ID: c.ID, Title: c.Title, Kind: c.Type}
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
	if line == "" && m.file != nil {
		line = m.file.Name
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

// talkOf shows the latest messages of a chat or of one of its topics. Thread 0 is a chat without topics or the general
// one.
func (s *Server) talkOf(viewer *person, c *chat, thread, limit int, zone *time.Location) *pageTalk {
	talk := &pageTalk{ID: c.ID, Started: c.Type != kindPrivate || viewer.started, Living: c.migratedTo == 0}
	for _, member := range c.order {
		if c.inside(member) {
			talk.Members++
		}
	}
	for _, m := range c.messages {
		if name, living := c.topics[m.id]; living {
			talk.Topics = append(talk.Topics, pageTopic{ID: m.id, Name: name})
		}
	}
	talk.Menu = s.menu(c, viewer)
	talk.Messages = []pageMessage{}
	for _, m := range slices.Backward(c.messages) {
		if m.deleted || c.IsForum && m.thread != thread {
			continue
		}
		if len(talk.Messages) == limit {
			talk.Earlier = true
			break
		}
		talk.Messages = append(talk.Messages, s.bubble(viewer, m, zone))
	}
	slices.Reverse(talk.Messages)
	return talk
}

func (s *Server) bubble(viewer *person, m *message, zone *time.Location) pageMessage {
	shown := pageMessage{ID: m.id, Name: fullName(m.from), Who: m.from.ID, Mine: m.from.ID == viewer.ID,
		Bot: m.from.ID == s.bot.ID, Text: m.text, Entities: m.entities, Buttons: m.keyboard, When: timeOf(m.date.In(zone)),
		Edited: m.edits > 0, Asks: s.asks(viewer, m), Service: serviceName(m), Reaction: m.reaction}
	shown.Unseen = !shown.Bot && !m.delivered && shown.Service == "" && m.chat.botInside()
	if m.anonymous {
		shown.Name = m.chat.Title
	}
	if m.replyTo != nil && !m.replyTo.deleted {
		shown.Quote = &pageQuote{ID: m.replyTo.id, Name: fullName(m.replyTo.from), Text: firstLine(m.replyTo)}
	}
	if m.file != nil {
		shown.File = &pageFile{ID: m.file.id, Name: m.file.Name, Size: len(m.file.Bytes), Photo: m.file.photo,
			Width: m.file.width, Height: m.file.height}
	}
	if m.service != nil {
		shown.Text = serviceWho(m)
	}
	return shown
}

// serviceWho names whom or what a service message is about.
func serviceWho(m *message) string {
	switch {
	case len(m.service.NewMembers) > 0:
		return fullName(m.service.NewMembers[0])
	case m.service.LeftMember != nil:
		return fullName(*m.service.LeftMember)
	case m.service.Topic != nil:
		return m.service.Topic.Name
	}
	return ""
}

// asks says whether a message of the bot asks this person for a reply: always in private; in a group if it answers or
// names the person.
func (s *Server) asks(viewer *person, m *message) bool {
	if !m.forceReply {
		return false
	}
	if m.chat.Type == kindPrivate || m.replyTo != nil && m.replyTo.from.ID == viewer.ID {
		return true
	}
	return slices.ContainsFunc(m.entities, func(entity Entity) bool {
		named := entity.Type == "mention" && viewer.Username != "" &&
			strings.EqualFold(cut(m.text, entity.Offset, entity.Length), "@"+viewer.Username)
		return named || entity.User != nil && entity.User.ID == viewer.ID
	})
}

// file gives a document or photo to the browser. Only pictures are shown in place.
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
	if found.photo {
		header.Set("Content-Type", http.DetectContentType(found.Bytes))
	} else {
		header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": found.Name}))
	}
	_, _ = w.Write(found.Bytes)
}

package sim

import (
	"time"
)

// anonymousAdmin is the user that stands for an administrator who hides behind the group.
var anonymousAdmin = wireUser{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}

type person struct {
	wireUser
	started     bool
	blocked     bool
	deactivated bool
}

// The states of the bot in a chat; they are also the words of ChatMember.status.
const (
	statusAdministrator = "administrator"
	statusCreator       = "creator"
	statusKicked        = "kicked"
	statusLeft          = "left"
	statusMember        = "member"
)

const (
	kindPrivate    = "private"
	kindGroup      = "group"
	kindSupergroup = "supergroup"
)

type chat struct {
	wireChat
	bot        string // the bot's status
	members    map[int64]string
	order      []int64 // members in the order in which they came
	messages   []*message
	byID       map[int]*message
	talks      map[int]*talk   // by thread id
	read       map[readKey]int // the message read last
	since      map[int64]int   // the last message when a member came
	hidden     map[int64]bool  // administrators who speak as the group
	lastID     int
	topics     map[int]string // living topics by thread id
	migratedTo int64
	muted      bool // the bot may not write
	dissolved  bool
	pinned     *message
}

type message struct {
	chat       *chat
	id         int
	thread     int
	from       wireUser
	anonymous  bool
	date       time.Time
	edited     time.Time
	edits      int
	deleted    bool
	delivered  bool
	text       string // the caption where there is a file
	entities   []Entity
	file       *storedFile
	location   *Location
	poll       *poll
	replyTo    *message
	mediaGroup string
	keyboard   [][]Button
	forceReply bool
	reaction   string
	service    *serviceFields
	pinned     *message
	again      int // see Shown
}

func newChat(shape wireChat) *chat {
	return &chat{wireChat: shape, bot: statusLeft, members: map[int64]string{}, byID: map[int]*message{},
		talks: map[int]*talk{}, read: map[readKey]int{}, since: map[int64]int{}, hidden: map[int64]bool{}, topics: map[int]string{}}
}

// keep stores the chat; the caller holds the mutex.
func (s *Server) keep(c *chat) *chat {
	c.lastID = s.firstID
	s.chats[c.ID] = c
	s.chatOrder = append(s.chatOrder, c)
	return c
}

// privateChat finds or makes the chat between the bot and a person.
func (s *Server) privateChat(p *person) *chat {
	if c := s.chats[p.ID]; c != nil {
		return c
	}
	return s.keep(newChat(wireChat{ID: p.ID, Type: kindPrivate, FirstName: p.FirstName, LastName: p.LastName, Username: p.Username}))
}

// add numbers and stores a message of now; with thread -1 it begins a thread of its own. The caller holds the mutex.
func (s *Server) add(m *message) *message {
	if m.chat.Type == kindSupergroup {
		m.chat.lastID++
		m.id = m.chat.lastID
	} else {
		s.lastShared++
		m.id = s.lastShared
	}
	if m.thread < 0 {
		m.thread = m.id
	}
	m.date = s.now()
	m.chat.messages = append(m.chat.messages, m)
	m.chat.byID[m.id] = m
	m.chat.talk(m.thread).add(m)
	s.changed()
	return m
}

func (c *chat) enter(member int64, status string) {
	if _, known := c.members[member]; !known {
		c.order = append(c.order, member)
	}
	if !c.inside(member) {
		c.since[member] = c.lastMessage()
	}
	c.members[member] = status
}

// inside reports whether the member is in the chat now.
func (c *chat) inside(member int64) bool {
	switch c.members[member] {
	case statusMember, statusAdministrator, statusCreator:
		return true
	}
	return false
}

// botInside reports whether the bot is in the chat now.
func (c *chat) botInside() bool { return c.bot == statusMember || c.bot == statusAdministrator }

// wire is the message as Telegram shows it, with the message that it answers but not what that one answers.
func (m *message) wire() *wireMessage {
	shape := m.bare()
	if m.replyTo != nil && !m.replyTo.deleted {
		shape.ReplyTo = m.replyTo.bare()
	} else if m.replyTo == nil && m.thread != 0 && m.thread != m.id {
		if beginning := m.chat.byID[m.thread]; beginning != nil {
			shape.ReplyTo = beginning.bare()
		}
	}
	if m.pinned != nil {
		shape.Pinned = m.pinned.bare()
	}
	return shape
}

func (m *message) bare() *wireMessage {
	from := m.from
	shape := &wireMessage{ID: m.id, Date: m.date.Unix(), Chat: m.chat.wireChat, From: &from, MediaGroup: m.mediaGroup}
	if m.thread != 0 {
		shape.Thread, shape.IsTopic = m.thread, true
	}
	if m.anonymous {
		hidden, group := anonymousAdmin, m.chat.wireChat
		shape.From, shape.SenderChat = &hidden, &group
	}
	if !m.edited.IsZero() {
		shape.EditDate = m.edited.Unix()
	}
	if m.service != nil {
		shape.serviceFields = *m.service
	}
	if len(m.keyboard) > 0 {
		shape.Markup = &wireMarkup{Keyboard: m.keyboard}
	}
	if m.poll != nil {
		shape.Poll = m.poll.wire()
	}
	shape.Location = m.location
	if m.file == nil {
		shape.Text, shape.Entities = m.text, m.entities
		return shape
	}
	shape.Caption, shape.CaptionEntities = m.text, m.entities
	m.file.show(shape)
	return shape
}

package sim

import (
	"maps"
	"slices"
	"time"
)

// Shown is a message as it stands now.
type Shown struct {
	ID        int
	Chat      int64
	Thread    int
	Person    int64 // who wrote it; the bot's own id for the bot
	Bot       bool
	Name      string
	Anonymous bool
	Text      string // or the caption
	Entities  []Entity
	Buttons   [][]Button
	ReplyTo   int
	Date      time.Time
	Edited    bool
	Edits     int
	Deleted   bool
	Delivered bool // a person's message: the bot was shown it
	Document  *File
	Photo     *File
	Media     *File  // whatever it is, documents and photos too
	Kind      string // of Media, as in Message
	FileID    string
	Location  *Location
	Poll      *Poll
	// MediaGroup is the same in all messages of an album.
	MediaGroup string
	// ForceReply says that the bot asks for a reply to this message.
	ForceReply bool
	Reaction   string // the bot's
	// Again is the message that says the same once more, since the answer to this one got lost; 0 if none does.
	Again   int
	Service string // "", joined, left, topic, migrated_to, migrated_from or pinned
}

// Messages are the messages of a chat, oldest first, deleted ones included. A chat that is not there has none.
func (s *Server) Messages(chat int64) []Shown {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.shownIn(chat)
}

// shownIn is Messages for a caller who holds the mutex.
func (s *Server) shownIn(chat int64) []Shown {
	c := s.chats[chat]
	if c == nil {
		return nil
	}
	shown := make([]Shown, 0, len(c.messages))
	for _, m := range c.messages {
		shown = append(shown, s.show(m))
	}
	return shown
}

func (s *Server) show(m *message) Shown {
	shown := Shown{ID: m.id, Chat: m.chat.ID, Thread: m.thread, Person: m.from.ID, Bot: m.from.ID == s.bot.ID,
		Name: fullName(m.from), Anonymous: m.anonymous, Text: m.text, Entities: m.entities, Buttons: m.keyboard,
		Date: m.date, Edited: m.edits > 0, Edits: m.edits, Deleted: m.deleted, Delivered: m.delivered,
		Poll: m.poll.show(), MediaGroup: m.mediaGroup, ForceReply: m.forceReply, Reaction: m.reaction, Service: serviceName(m),
		Location: m.location, Again: m.again}
	if m.replyTo != nil {
		shown.ReplyTo = m.replyTo.id
	}
	if m.file != nil {
		shown.FileID, shown.Kind, shown.Media = m.file.id, m.file.kind, &m.file.File
		switch m.file.kind {
		case photoKind:
			shown.Photo = &m.file.File
		case documentKind:
			shown.Document = &m.file.File
		}
	}
	return shown
}

func serviceName(m *message) string {
	switch {
	case m.pinned != nil:
		return "pinned"
	case m.service == nil:
		return ""
	case m.service.NewMembers != nil:
		return "joined"
	case m.service.LeftMember != nil:
		return "left"
	case m.service.MigrateTo != 0:
		return "migrated_to"
	case m.service.MigrateFrom != 0:
		return "migrated_from"
	}
	return "topic"
}

func fullName(user wireUser) string {
	if user.LastName == "" {
		return user.FirstName
	}
	return user.FirstName + " " + user.LastName
}

// Violations are what the bot sent and should not have: unknown, missing or wrongly typed parameters, lengths, chat
// ids. A test that reads any has failed.
func (s *Server) Violations() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.violations)
}

// violate lists a violation; the caller holds the mutex.
func (s *Server) violate(text string) {
	if !s.lenient {
		s.violations = append(s.violations, text)
	}
}

// Call is one call of the bot; calls of getUpdates are only counted.
type Call struct {
	At      time.Time // in real time
	Method  string
	Chat    int64
	Params  map[string]string
	Outcome string // "200", or code and description, or what happened to the line
}

// mostCalls is how many of the latest calls are kept.
const mostCalls = 20000

// Calls are the latest calls, at most 20,000, in the order in which they ended.
func (s *Server) Calls() []Call {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.calls)
}

// Counts says how often each method was called.
func (s *Server) Counts() map[string]int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return maps.Clone(s.counts)
}

func (s *Server) record(call *request, at time.Time, outcome string) {
	name := call.name()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.counts[name]++
	if call.method == pollMethod {
		return
	}
	if len(s.calls) == mostCalls {
		s.calls = slices.Delete(s.calls, 0, mostCalls/10)
	}
	s.calls = append(s.calls, Call{At: at, Method: name, Chat: call.number("chat_id"), Params: call.values, Outcome: outcome})
}

package sim

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// The shapes in which a Server is kept. A message names what it refers to by ids.

type savedServer struct {
	Bot        wireUser          `json:"bot"`
	NextPerson int64             `json:"next_person"`
	NextGroup  int64             `json:"next_group"`
	FirstID    int               `json:"first_message"`
	LastShared int               `json:"last_shared"`
	Albums     int64             `json:"albums"`
	Polls      int64             `json:"polls"`
	People     []savedPerson     `json:"people"`
	Chats      []savedChat       `json:"chats"`
	Files      []savedFile       `json:"files"`
	Presses    []savedPress      `json:"presses"`
	Queue      savedQueue        `json:"queue"`
	Commands   []savedCommands   `json:"commands"`
	Profile    map[string]string `json:"profile"`
}

type savedPerson struct {
	wireUser
	Started     bool `json:"started,omitempty"`
	Blocked     bool `json:"blocked,omitempty"`
	Deactivated bool `json:"deactivated,omitempty"`
}

type savedChat struct {
	wireChat
	Bot        string         `json:"bot"`
	Members    []savedMember  `json:"members,omitempty"`
	LastID     int            `json:"last_message"`
	Topics     map[int]string `json:"topics,omitempty"`
	MigratedTo int64          `json:"migrated_to,omitempty"`
	Muted      bool           `json:"muted,omitempty"`
	Dissolved  bool           `json:"dissolved,omitempty"`
	Pinned     int            `json:"pinned,omitempty"`
	Read       []savedRead    `json:"read,omitempty"`
	Messages   []savedMessage `json:"messages,omitempty"`
}

type savedMember struct {
	ID     int64  `json:"id"`
	Status string `json:"status"`
	Since  int    `json:"since,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
}

type savedRead struct {
	Person int64 `json:"person"`
	Thread int   `json:"thread,omitempty"`
	UpTo   int   `json:"up_to"`
}

type savedMessage struct {
	ID         int            `json:"id"`
	Thread     int            `json:"thread,omitempty"`
	From       wireUser       `json:"from"`
	Anonymous  bool           `json:"anonymous,omitempty"`
	Date       time.Time      `json:"date"`
	Edited     time.Time      `json:"edited,omitzero"`
	Edits      int            `json:"edits,omitempty"`
	Deleted    bool           `json:"deleted,omitempty"`
	Delivered  bool           `json:"delivered,omitempty"`
	Text       string         `json:"text,omitempty"`
	Entities   []Entity       `json:"entities,omitempty"`
	File       string         `json:"file,omitempty"`
	Location   *Location      `json:"location,omitempty"`
	Poll       *savedPoll     `json:"poll,omitempty"`
	ReplyTo    int            `json:"reply_to,omitempty"`
	Album      string         `json:"album,omitempty"`
	Keyboard   [][]Button     `json:"keyboard,omitempty"`
	ForceReply bool           `json:"force_reply,omitempty"`
	Reaction   string         `json:"reaction,omitempty"`
	Service    *serviceFields `json:"service,omitempty"`
	Pinned     int            `json:"pinned,omitempty"`
}

type savedPoll struct {
	ID        string          `json:"id"`
	Question  string          `json:"question"`
	Options   []string        `json:"options"`
	Anonymous bool            `json:"anonymous,omitempty"`
	Multiple  bool            `json:"multiple,omitempty"`
	Closed    bool            `json:"closed,omitempty"`
	Final     bool            `json:"final,omitempty"`
	Period    time.Duration   `json:"period,omitempty"`
	Closes    time.Time       `json:"closes,omitzero"`
	Votes     map[int64][]int `json:"votes,omitempty"`
}

type savedFile struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	MIME   string `json:"mime,omitempty"`
	Photo  bool   `json:"photo,omitempty"`
	Kind   string `json:"kind,omitempty"` // of what is neither photo nor document
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  []byte `json:"bytes"`
}

type savedPress struct {
	ID       string    `json:"id"`
	Made     time.Time `json:"made"`
	Answered bool      `json:"answered,omitempty"`
	Answer   Answer    `json:"answer,omitzero"`
}

type savedQueue struct {
	First   int64         `json:"first"`
	Next    int64         `json:"next"`
	Allowed []string      `json:"allowed,omitempty"`
	Waiting []savedUpdate `json:"waiting,omitempty"`
}

type savedUpdate struct {
	ID        int64           `json:"id"`
	Body      json.RawMessage `json:"body"`
	Expires   time.Time       `json:"expires"`
	Delivered bool            `json:"delivered,omitempty"`
	Again     bool            `json:"again,omitempty"`
}

type savedCommands struct {
	Scope    string    `json:"scope"`
	Chat     int64     `json:"chat,omitempty"`
	User     int64     `json:"user,omitempty"`
	Language string    `json:"language,omitempty"`
	Commands []Command `json:"commands"`
}

// saved is what is there now; the caller holds the mutex. What it shares with the Server is never changed in place.
func (s *Server) saved() savedServer {
	kept := savedServer{Bot: s.bot, NextPerson: s.nextPerson, NextGroup: s.nextGroup, FirstID: s.firstID, LastShared: s.lastShared,
		Albums: s.albums, Polls: s.polls, Profile: maps.Clone(s.profile),
		Queue: savedQueue{First: s.queue.first, Next: s.queue.next, Allowed: s.queue.allowed}}
	for _, p := range s.cast {
		kept.People = append(kept.People, savedPerson{p.wireUser, p.started, p.blocked, p.deactivated})
	}
	for _, c := range s.chatOrder {
		kept.Chats = append(kept.Chats, c.saved())
	}
	for _, id := range slices.Sorted(maps.Keys(s.files)) {
		f := s.files[id]
		file := savedFile{f.id, f.Name, f.MIME, f.kind == photoKind, f.kind, f.width, f.height, f.Bytes}
		if f.kind == photoKind || f.kind == documentKind {
			file.Kind = ""
		}
		kept.Files = append(kept.Files, file)
	}
	for _, id := range s.pressOrder {
		p := s.presses[id]
		kept.Presses = append(kept.Presses, savedPress{p.id, p.made.UTC(), p.answered, p.answer})
	}
	for _, u := range s.queue.waiting {
		kept.Queue.Waiting = append(kept.Queue.Waiting, savedUpdate{u.id, u.body, u.expires.UTC(), u.delivered, u.again})
	}
	for key, commands := range s.commands {
		kept.Commands = append(kept.Commands, savedCommands{key.scope, key.chat, key.user, key.language, commands})
	}
	slices.SortFunc(kept.Commands, func(a, b savedCommands) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Chat, b.Chat), cmp.Compare(a.User, b.User), cmp.Compare(a.Language, b.Language))
	})
	return kept
}

func (c *chat) saved() savedChat {
	kept := savedChat{wireChat: c.wireChat, Bot: c.bot, LastID: c.lastID, Topics: maps.Clone(c.topics), MigratedTo: c.migratedTo,
		Muted: c.muted, Dissolved: c.dissolved, Messages: make([]savedMessage, 0, len(c.messages))}
	if c.pinned != nil {
		kept.Pinned = c.pinned.id
	}
	for _, member := range c.order {
		kept.Members = append(kept.Members, savedMember{member, c.members[member], c.since[member], c.hidden[member]})
	}
	for key, upTo := range c.read {
		kept.Read = append(kept.Read, savedRead{key.person, key.thread, upTo})
	}
	slices.SortFunc(kept.Read, func(a, b savedRead) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Thread, b.Thread))
	})
	for _, m := range c.messages {
		kept.Messages = append(kept.Messages, m.saved())
	}
	return kept
}

func (m *message) saved() savedMessage {
	kept := savedMessage{ID: m.id, Thread: m.thread, From: m.from, Anonymous: m.anonymous, Date: m.date.UTC(), Edited: m.edited.UTC(),
		Edits: m.edits, Deleted: m.deleted, Delivered: m.delivered, Text: m.text, Entities: m.entities, Album: m.mediaGroup,
		Keyboard: m.keyboard, ForceReply: m.forceReply, Reaction: m.reaction, Service: m.service, Location: m.location}
	if m.file != nil {
		kept.File = m.file.id
	}
	if m.replyTo != nil {
		kept.ReplyTo = m.replyTo.id
	}
	if m.pinned != nil {
		kept.Pinned = m.pinned.id
	}
	if p := m.poll; p != nil {
		kept.Poll = &savedPoll{p.id, p.question, p.options, p.anonymous, p.multiple, p.closed, p.final, p.period, p.closes.UTC(), maps.Clone(p.votes)}
	}
	return kept
}

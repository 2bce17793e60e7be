package sim

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// pageTalk is the open chat.
type pageTalk struct {
	ID       int64         `json:"id"`
	Started  bool          `json:"started"`
	Living   bool          `json:"living"` // false: it has become a supergroup
	Members  int           `json:"members"`
	Topics   []pageTopic   `json:"topics"`
	Menu     []Command     `json:"menu"`
	Read     int           `json:"read"`   // up to which message this person has read
	Unread   int           `json:"unread"` // in what is open
	Total    int           `json:"total"`  // messages in what is open
	First    int           `json:"first"`  // how many of them come before the first of Messages
	Messages []pageMessage `json:"messages"`
}

type pageTopic struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Unread int    `json:"unread"`
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
	Location *Location  `json:"location"`
	Poll     *pagePoll  `json:"poll"`
	Album    string     `json:"album"` // the same in all messages that were sent together
	Service  string     `json:"service"`
	Reaction string     `json:"reaction"`
}

type pageQuote struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Text string `json:"text"`
}

// pagePoll is a poll with what this person chose of it.
type pagePoll struct {
	*Poll
	Mine []int `json:"mine"`
}

type pageFile struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Size  int    `json:"size"`
	Kind  string `json:"kind"` // as in Message
	Photo bool   `json:"photo"`
	// Width and Height are a photo's, in pixels.
	Width  int `json:"width"`
	Height int `json:"height"`
}

const (
	usualMessages = 60
	mostMessages  = 200 // in one answer
)

// window says which messages of a chat the page asks for: the newest ones, or those around, before or after one.
type window struct {
	limit, around, before, after int
}

// of finds the messages and the place of the first of them among all.
func (w window) of(said *talk) (first int, messages []*message) {
	limit := w.limit
	if limit <= 0 {
		limit = usualMessages
	}
	limit = min(limit, mostMessages)
	end := len(said.messages)
	switch {
	case w.around > 0:
		middle, _ := said.find(w.around)
		end = min(end, max(middle+(limit+1)/2, limit))
	case w.before > 0:
		end, _ = said.find(w.before)
	case w.after > 0:
		first, _ = said.find(w.after + 1)
		end = min(end, first+limit)
	}
	first = max(first, end-limit)
	return first, said.messages[first:end]
}

// talkOf shows a part of a chat or of one of its topics. Thread 0 is a chat without topics or the general one.
func (s *Server) talkOf(viewer *person, c *chat, thread int, asked window, zone *time.Location) *pageTalk {
	shown := &pageTalk{ID: c.ID, Started: c.Type != kindPrivate || viewer.started, Living: c.migratedTo == 0, Menu: s.menu(c, viewer)}
	for _, member := range c.order {
		if c.inside(member) {
			shown.Members++
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.topics)) {
		topic := pageTopic{ID: id, Name: c.topics[id]}
		if said := c.talks[id]; said != nil {
			topic.Unread = said.unread(viewer.ID, c.readUpTo(viewer.ID, id))
		}
		shown.Topics = append(shown.Topics, topic)
	}
	if !c.IsForum {
		thread = 0
	}
	said := c.talks[thread]
	if said == nil {
		said = &talk{}
	}
	shown.Read = c.readUpTo(viewer.ID, thread)
	shown.Unread = said.unread(viewer.ID, shown.Read)
	shown.Total = len(said.messages)
	first, messages := asked.of(said)
	shown.First = first
	shown.Messages = make([]pageMessage, 0, len(messages))
	for _, m := range messages {
		shown.Messages = append(shown.Messages, s.bubble(viewer, m, zone))
	}
	return shown
}

func (s *Server) bubble(viewer *person, m *message, zone *time.Location) pageMessage {
	shown := pageMessage{ID: m.id, Name: fullName(m.from), Who: m.from.ID, Mine: m.from.ID == viewer.ID,
		Bot: m.from.ID == s.bot.ID, Text: m.text, Entities: m.entities, Buttons: m.keyboard, When: timeOf(m.date.In(zone)),
		Edited: m.edits > 0, Asks: s.asks(viewer, m), Service: serviceName(m), Reaction: m.reaction, Album: m.mediaGroup,
		Location: m.location}
	shown.Unseen = !shown.Bot && !m.delivered && shown.Service == "" && m.chat.botInside()
	if m.anonymous {
		shown.Name = m.chat.Title
	}
	if m.replyTo != nil && !m.replyTo.deleted {
		shown.Quote = &pageQuote{ID: m.replyTo.id, Name: fullName(m.replyTo.from), Text: firstLine(m.replyTo)}
	}
	if m.poll != nil {
		shown.Poll = &pagePoll{m.poll.show(), append([]int{}, m.poll.votes[viewer.ID]...)}
	}
	if m.file != nil {
		shown.File = &pageFile{ID: m.file.id, Name: m.file.Name, Size: len(m.file.Bytes), Kind: m.file.kind, Photo: m.file.kind == photoKind,
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

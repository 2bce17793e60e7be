package sim

import (
	"fmt"
	"strings"
)

// Message is what a person writes. Entities for commands, @names, hashtags and links are found in the text.
type Message struct {
	Chat        int64 // the person's own id for the private chat with the bot
	Person      int64
	Thread      int
	Text        string
	ReplyTo     int
	Caption     string // with Document, Photo or Media
	Document    *File
	Photo       *File
	Media       *File  // a file of this kind:
	Kind        string // document, photo, video, audio, voice, video_note or animation
	Location    *Location
	MediaGroup  string        // the same for all files of one album
	TextMention []TextMention // people named without @username
	Anonymous   bool          // an administrator who hides behind the group
}

// File is something that is sent: a document, a photo, a voice.
type File struct {
	Name  string
	MIME  string
	Bytes []byte
}

// TextMention marks a part of the text, in UTF-16 units, as the name of a person.
type TextMention struct {
	Offset, Length int
	Person         int64
}

// Say is a person writing a message. It returns the message id, and panics when chat or person do not exist. Whether
// the bot was shown the message stands in Shown.Delivered: in groups privacy mode is on.
func (s *Server) Say(m Message) (messageID int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.say(m)
}

// say needs the mutex.
func (s *Server) say(m Message) (messageID int) {
	writer := s.mustPerson(m.Person)
	if m.Chat == m.Person {
		s.privateChat(writer)
	}
	c := s.mustChat(m.Chat)
	if c.Type == kindPrivate {
		s.setBlocked(writer, false)
		writer.started = true
		c.bot = statusMember
	} else if !c.inside(m.Person) {
		c.enter(m.Person, statusMember)
	}
	if problem := c.cannotSay(m); problem != nil {
		panic("sim: " + problem.because)
	}
	m.Anonymous = m.Anonymous || c.hidden[m.Person]
	s.observed(Act{Kind: Says, Person: m.Person, Chat: m.Chat, Message: m.ReplyTo, Said: m})
	said := &message{chat: c, from: writer.wireUser, thread: m.Thread, text: m.Text, anonymous: m.Anonymous,
		mediaGroup: m.MediaGroup, replyTo: c.byID[m.ReplyTo]}
	if said.replyTo != nil && said.thread == 0 {
		said.thread = said.replyTo.thread
	}
	said.file, said.location = s.keepSent(m), m.Location
	if said.file != nil {
		said.text = m.Caption
	}
	said.entities = s.entitiesOf(said.text, m.TextMention)
	s.add(said)
	c.reads(m.Person, said.thread, said.id)
	if s.sees(said) {
		said.delivered = s.emit("message", said.wire(), messageLife)
	}
	return said.id
}

// obstacle is why something cannot be done: a word of the page's vocabulary, and a sentence for whoever writes tests.
type obstacle struct{ word, because string }

func (o *obstacle) Error() string { return o.because }

func hinder(word, format string, values ...any) *obstacle {
	return &obstacle{word, fmt.Sprintf(format, values...)}
}

// cannotSay says why Telegram's programs would not let a person write this, nil if they would.
func (c *chat) cannotSay(m Message) *obstacle {
	_, living := c.topics[m.Thread]
	switch {
	case m.Thread != 0 && !living:
		return hinder("no_such_topic", "there is no topic %d in chat %d", m.Thread, c.ID)
	case m.ReplyTo != 0 && c.byID[m.ReplyTo] == nil:
		return hinder("no_such_message", "there is no message %d in chat %d to reply to", m.ReplyTo, c.ID)
	case c.migratedTo != 0:
		return hinder("chat_moved", "chat %d has become supergroup %d", c.ID, c.migratedTo)
	}
	return nil
}

func (s *Server) keepSent(m Message) *storedFile {
	switch {
	case m.Document != nil:
		return s.keepFile(*m.Document, documentKind)
	case m.Photo != nil:
		return s.keepFile(*m.Photo, photoKind)
	case m.Media != nil:
		return s.keepFile(*m.Media, m.Kind)
	}
	return nil
}

func (s *Server) entitiesOf(text string, mentions []TextMention) []Entity {
	var given []Entity
	for _, mention := range mentions {
		user := s.mustPerson(mention.Person).wireUser
		given = append(given, Entity{Type: "text_mention", Offset: mention.Offset, Length: mention.Length, User: &user})
	}
	return findEntities(text, given)
}

// Edit is a person changing the text, or the caption, of a message of theirs.
func (s *Server) Edit(chat int64, messageID int, text string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	m := s.mustChat(chat).byID[messageID]
	if m == nil || m.deleted || m.from.ID == s.bot.ID || m.service != nil {
		panic(fmt.Sprintf("sim: in chat %d there is no message %d of a person to edit", chat, messageID))
	}
	s.observed(Act{Kind: Edits, Person: m.from.ID, Chat: chat, Message: messageID, Text: text})
	m.text, m.entities = text, findEntities(text, nil)
	m.edited = s.now()
	m.edits++
	if s.sees(m) {
		m.delivered = s.emit("edited_message", m.wire(), messageLife) || m.delivered
	}
	s.changed()
}

// sees says whether Telegram shows a person's message to the bot. In a group it must be an administrator, or be spoken
// to: by a command that names it or no one, by a reply, or by its name.
func (s *Server) sees(m *message) bool {
	if !m.chat.botInside() {
		return false
	}
	if m.chat.Type == kindPrivate || m.chat.bot == statusAdministrator {
		return true
	}
	if m.replyTo != nil && m.replyTo.from.ID == s.bot.ID && !m.replyTo.deleted {
		return true
	}
	for _, entity := range m.entities {
		part := cut(m.text, entity.Offset, entity.Length)
		switch {
		case entity.Type == "mention" && strings.EqualFold(part[1:], s.bot.Username):
			return true
		case entity.Type == "bot_command":
			_, addressed, named := strings.Cut(part, "@")
			if named && strings.EqualFold(addressed, s.bot.Username) || !named && entity.Offset == 0 {
				return true
			}
		}
	}
	return false
}

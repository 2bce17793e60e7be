package sim

import (
	"fmt"
	"strings"
)

// Person is somebody who uses Telegram. With ID 0 an id is assigned; with a known one the names are changed.
type Person struct {
	ID           int64
	FirstName    string
	LastName     string
	Username     string // without @
	LanguageCode string
}

// Person adds or changes a person and returns the id.
func (s *Server) Person(p Person) int64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.person(p).ID
}

// person needs the mutex.
func (s *Server) person(p Person) *person {
	if p.ID == 0 {
		p.ID = s.nextPerson
		s.nextPerson++
	}
	known := s.people[p.ID]
	if known == nil {
		known = &person{}
		s.people[p.ID] = known
		s.cast = append(s.cast, known)
	}
	known.wireUser = wireUser{ID: p.ID, FirstName: p.FirstName, LastName: p.LastName,
		Username: strings.TrimPrefix(p.Username, "@"), LanguageCode: p.LanguageCode}
	if c := s.chats[p.ID]; c != nil {
		c.FirstName, c.LastName, c.Username = p.FirstName, p.LastName, known.Username
	}
	s.changed()
	return known
}

// Block is a person blocking the bot: it gets my_chat_member, and what it sends answers 403.
func (s *Server) Block(person int64) { s.block(person, true) }

// Unblock takes a Block back.
func (s *Server) Unblock(person int64) { s.block(person, false) }

func (s *Server) block(id int64, blocked bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.blocks(s.mustPerson(id), blocked)
}

// blocks needs the mutex.
func (s *Server) blocks(p *person, blocked bool) {
	kind := Unblocks
	if blocked {
		kind = Blocks
	}
	s.observed(Act{Kind: kind, Person: p.ID})
	s.setBlocked(p, blocked)
}

func (s *Server) setBlocked(p *person, blocked bool) {
	if p.blocked == blocked {
		return
	}
	p.blocked = blocked
	c, before, after := s.privateChat(p), statusMember, statusKicked
	if !blocked {
		before, after = after, before
	}
	s.changeOfBot(c, p.wireUser, before, after)
}

// Deactivate is a person deleting their account.
func (s *Server) Deactivate(person int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.vanish(s.mustPerson(person))
}

// vanish needs the mutex.
func (s *Server) vanish(p *person) {
	s.observed(Act{Kind: Vanishes, Person: p.ID})
	p.deactivated = true
	s.changed()
}

// Started reports whether the person has ever written to the bot in private.
func (s *Server) Started(person int64) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	p := s.people[person]
	return p != nil && p.started
}

// changeOfBot sends the my_chat_member update; the caller holds the mutex.
func (s *Server) changeOfBot(c *chat, by wireUser, before, after string) {
	s.emit("my_chat_member", wireMemberChange{Chat: c.wireChat, From: by, Date: s.now().Unix(),
		Old: c.memberShape(s.bot, before), New: c.memberShape(s.bot, after)}, messageLife)
	s.changed()
}

// mustPerson and mustChat find what a test or a page named; naming what does not exist is a mistake of the caller.
func (s *Server) mustPerson(id int64) *person {
	if p := s.people[id]; p != nil {
		return p
	}
	panic(fmt.Sprintf("sim: there is no person %d", id))
}

func (s *Server) mustChat(id int64) *chat {
	if c := s.chats[id]; c != nil {
		return c
	}
	panic(fmt.Sprintf("sim: there is no chat %d", id))
}

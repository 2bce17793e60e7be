package sim

import "cmp"

// supergroupBase is what ids of supergroups count down from.
const supergroupBase = -1000000000000

// Group is a basic group or a supergroup. With ID 0 an id is assigned. The first member is its creator.
type Group struct {
	ID         int64
	Title      string
	Supergroup bool
	Forum      bool // has topics; makes it a supergroup
	Members    []int64
}

// Group adds a group without the bot, or changes title and members of a known one, and returns its id.
func (s *Server) Group(g Group) int64 {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.chats[g.ID]
	if c == nil {
		c = s.newGroup(g)
	}
	c.Title = g.Title
	for _, member := range g.Members {
		status := statusMember
		if len(c.order) == 0 {
			status = statusCreator
		}
		if !c.inside(s.mustPerson(member).ID) {
			c.enter(member, status)
		}
	}
	s.changed()
	return c.ID
}

func (s *Server) newGroup(g Group) *chat {
	shape := wireChat{ID: g.ID, Type: kindGroup, IsForum: g.Forum}
	if g.Supergroup || g.Forum {
		shape.Type = kindSupergroup
	}
	if g.ID == 0 {
		shape.ID = -s.nextGroup
		if shape.Type == kindSupergroup {
			shape.ID += supergroupBase
		}
		s.nextGroup++
	}
	made := s.keep(newChat(shape))
	if g.Forum {
		made.lastID++ // the first message of a forum is its general topic
	}
	return made
}

// AddBot is a person adding the bot to a group.
func (s *Server) AddBot(chat, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, adder := s.mustChat(chat), s.mustPerson(by)
	if c.botInside() {
		return
	}
	s.observed(Act{Kind: AddsBot, Person: by, Chat: chat})
	before := c.bot
	c.bot = statusMember
	c.enter(s.bot.ID, statusMember)
	s.changeOfBot(c, adder.wireUser, before, statusMember)
	s.tell(c, adder.wireUser, 0, serviceFields{NewMembers: []wireUser{s.bot}})
}

// RemoveBot is a person throwing the bot out of a group.
func (s *Server) RemoveBot(chat, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, remover := s.mustChat(chat), s.mustPerson(by)
	if !c.botInside() {
		return
	}
	s.observed(Act{Kind: RemovesBot, Person: by, Chat: chat})
	before := c.bot
	bot := s.bot
	s.tell(c, remover.wireUser, 0, serviceFields{LeftMember: &bot})
	c.bot = statusKicked
	c.members[s.bot.ID] = statusKicked
	s.changeOfBot(c, remover.wireUser, before, statusKicked)
}

// Promote makes a member or the bot (Server.BotID) an administrator, or takes that back.
func (s *Server) Promote(chat, member int64, administrator bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, status := s.mustChat(chat), statusMember
	if administrator {
		status = statusAdministrator
	}
	s.observed(Act{Kind: Promotes, Person: member, Chat: chat, On: administrator})
	if member != s.bot.ID {
		p, before := s.mustPerson(member), c.members[member]
		c.enter(member, status)
		s.changeOfMember(c, p.wireUser, cmp.Or(before, statusLeft), status)
		s.changed()
		return
	}
	if before := c.bot; c.botInside() && before != status {
		c.bot = status
		c.members[s.bot.ID] = status
		s.changeOfBot(c, s.creatorOf(c), before, status)
	}
}

// Mute takes from the bot the right to write in a group, or gives it back.
func (s *Server) Mute(chat int64, muted bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.mustChat(chat).muted = muted
	s.changed()
}

// Dissolve is the creator deleting a group.
func (s *Server) Dissolve(chat int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.mustChat(chat)
	c.dissolved = true
	before := c.bot
	c.bot = statusLeft
	s.changeOfBot(c, s.creatorOf(c), before, statusLeft)
}

func (s *Server) creatorOf(c *chat) wireUser {
	for _, member := range c.order {
		if p := s.people[member]; p != nil {
			return p.wireUser
		}
	}
	return anonymousAdmin
}

// Join is a person entering a group.
func (s *Server) Join(chat, person int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, p := s.mustChat(chat), s.mustPerson(person)
	if c.inside(person) {
		return
	}
	s.observed(Act{Kind: Joins, Person: person, Chat: chat})
	c.enter(person, statusMember)
	s.tell(c, p.wireUser, 0, serviceFields{NewMembers: []wireUser{p.wireUser}})
	s.changeOfMember(c, p.wireUser, statusLeft, statusMember)
}

// Leave is a person leaving a group.
func (s *Server) Leave(chat, person int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, p := s.mustChat(chat), s.mustPerson(person)
	if !c.inside(person) {
		return
	}
	s.observed(Act{Kind: Leaves, Person: person, Chat: chat})
	before := c.members[person]
	c.members[person] = statusLeft
	left := p.wireUser
	s.tell(c, p.wireUser, 0, serviceFields{LeftMember: &left})
	s.changeOfMember(c, p.wireUser, before, statusLeft)
}

// changeOfMember sends chat_member, which only an administrator gets.
func (s *Server) changeOfMember(c *chat, who wireUser, before, after string) {
	if c.bot == statusAdministrator {
		s.emit("chat_member", wireMemberChange{Chat: c.wireChat, From: who, Date: s.now().Unix(),
			Old: s.memberShape(who, before), New: s.memberShape(who, after)}, messageLife)
	}
}

// Topic opens a topic in a forum and returns its thread id.
func (s *Server) Topic(chat int64, name string) int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.mustChat(chat)
	if !c.IsForum {
		panic("sim: a group without topics cannot get one")
	}
	m := s.tell(c, s.creatorOf(c), -1, serviceFields{Topic: &wireTopic{Name: name, IconColor: 7322096}})
	c.topics[m.id] = name
	return m.id
}

// DeleteTopic deletes a topic with all that was said in it.
func (s *Server) DeleteTopic(chat int64, thread int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.mustChat(chat)
	s.observed(Act{Kind: DropsTopic, Chat: chat, Message: thread})
	delete(c.topics, thread)
	for _, m := range c.messages {
		if m.thread == thread {
			c.drop(m)
		}
	}
	s.changed()
}

// Migrate turns a basic group into a supergroup and returns the new chat id.
func (s *Server) Migrate(chat int64) (newChatID int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	old := s.mustChat(chat)
	if old.Type != kindGroup || old.migratedTo != 0 {
		panic("sim: only a basic group can become a supergroup, and only once")
	}
	s.observed(Act{Kind: Migrates, Chat: chat})
	grown := s.newGroup(Group{Title: old.Title, Supergroup: true})
	grown.Title, grown.bot = old.Title, old.bot
	for _, member := range old.order {
		grown.enter(member, old.members[member])
	}
	s.tell(old, s.creatorOf(old), 0, serviceFields{MigrateTo: grown.ID})
	old.migratedTo, old.bot = grown.ID, statusLeft
	s.tell(grown, anonymousAdmin, 0, serviceFields{MigrateFrom: old.ID})
	return grown.ID
}

// tell adds a service message and sends it to the bot if that is in the chat. Thread -1 makes the message begin a
// thread of its own. The caller holds the mutex.
func (s *Server) tell(c *chat, from wireUser, thread int, service serviceFields) *message {
	m := s.add(&message{chat: c, from: from, thread: thread, service: &service})
	if from.ID == anonymousAdmin.ID {
		m.anonymous = true
	}
	if c.botInside() {
		m.delivered = s.emit("message", m.wire(), messageLife)
	}
	return m
}

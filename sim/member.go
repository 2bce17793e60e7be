package sim

import "cmp"

// AddBot is a person adding the bot to a group.
func (s *Server) AddBot(chat, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.addBot(s.mustChat(chat), s.mustPerson(by))
}

// addBot and the others with small letters need the mutex.
func (s *Server) addBot(c *chat, by *person) {
	if c.botInside() {
		return
	}
	s.observed(Act{Kind: AddsBot, Person: by.ID, Chat: c.ID})
	before := c.bot
	c.bot = statusMember
	c.enter(s.bot.ID, statusMember)
	s.changeOfBot(c, by.wireUser, before, statusMember)
	s.tell(c, by.wireUser, 0, serviceFields{NewMembers: []wireUser{s.bot}})
}

// RemoveBot is a person throwing the bot out of a group.
func (s *Server) RemoveBot(chat, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.removeBot(s.mustChat(chat), s.mustPerson(by))
}

func (s *Server) removeBot(c *chat, by *person) {
	if !c.botInside() {
		return
	}
	s.observed(Act{Kind: RemovesBot, Person: by.ID, Chat: c.ID})
	before := c.bot
	bot := s.bot
	s.tell(c, by.wireUser, 0, serviceFields{LeftMember: &bot})
	c.bot = statusKicked
	c.members[s.bot.ID] = statusKicked
	s.changeOfBot(c, by.wireUser, before, statusKicked)
}

// Promote makes a member or the bot (Server.BotID) an administrator, or takes that back.
func (s *Server) Promote(chat, member int64, administrator bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if member != s.bot.ID {
		s.mustPerson(member)
	}
	s.promote(s.mustChat(chat), member, administrator)
}

func (s *Server) promote(c *chat, member int64, administrator bool) {
	status := statusMember
	if administrator {
		status = statusAdministrator
	}
	s.observed(Act{Kind: Promotes, Person: member, Chat: c.ID, On: administrator})
	if member != s.bot.ID {
		p := s.people[member]
		before := c.shapeOf(p)
		c.enter(member, status)
		if !administrator {
			delete(c.hidden, member)
		}
		s.changeOfMember(c, s.creatorOf(c), before, c.shapeOf(p))
		s.changed()
		return
	}
	if before := c.bot; c.botInside() && before != status {
		c.bot = status
		c.members[s.bot.ID] = status
		s.changeOfBot(c, s.creatorOf(c), before, status)
	}
}

// Join is a person entering a group.
func (s *Server) Join(chat, person int64) { s.Invite(chat, person, person) }

// Invite is somebody adding a person to a group.
func (s *Server) Invite(chat, person, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.invite(s.mustChat(chat), s.mustPerson(person), s.mustPerson(by))
}

func (s *Server) invite(c *chat, p, by *person) {
	if c.inside(p.ID) {
		return
	}
	s.observed(Act{Kind: Joins, Person: p.ID, By: otherThan(p, by), Chat: c.ID})
	before := c.shapeOf(p)
	c.enter(p.ID, statusMember)
	s.tell(c, by.wireUser, 0, serviceFields{NewMembers: []wireUser{p.wireUser}})
	s.changeOfMember(c, by.wireUser, before, c.shapeOf(p))
}

// Leave is a person leaving a group.
func (s *Server) Leave(chat, person int64) { s.Expel(chat, person, person) }

// Expel is somebody taking a person out of a group.
func (s *Server) Expel(chat, person, by int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.expel(s.mustChat(chat), s.mustPerson(person), s.mustPerson(by))
}

func (s *Server) expel(c *chat, p, by *person) {
	if !c.inside(p.ID) {
		return
	}
	s.observed(Act{Kind: Leaves, Person: p.ID, By: otherThan(p, by), Chat: c.ID})
	before := c.shapeOf(p)
	c.members[p.ID] = statusLeft
	if by != p && c.Type == kindSupergroup {
		c.members[p.ID] = statusKicked // whoever is taken out of a supergroup does not come back by a link
	}
	delete(c.hidden, p.ID)
	left := p.wireUser
	s.tell(c, by.wireUser, 0, serviceFields{LeftMember: &left})
	s.changeOfMember(c, by.wireUser, before, c.shapeOf(p))
}

// Hide lets an administrator of a supergroup speak as the group from now on, or as themselves again. Message.Anonymous
// does so for one message.
func (s *Server) Hide(chat, person int64, hidden bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.veil(s.mustChat(chat), s.mustPerson(person), hidden)
}

func (s *Server) veil(c *chat, p *person, hidden bool) {
	if c.hidden[p.ID] == hidden {
		return
	}
	before := c.shapeOf(p)
	if c.hidden[p.ID] = hidden; !hidden {
		delete(c.hidden, p.ID)
	}
	s.changeOfMember(c, p.wireUser, before, c.shapeOf(p))
	s.changed()
}

// changeOfMember sends chat_member, which only an administrator gets.
func (s *Server) changeOfMember(c *chat, by wireUser, before, after wireMember) {
	if c.bot == statusAdministrator {
		s.emit("chat_member", wireMemberChange{Chat: c.wireChat, From: by, Date: s.now().Unix(), Old: before, New: after}, messageLife)
	}
}

// shapeOf is how a person stands in the chat now.
func (c *chat) shapeOf(p *person) wireMember {
	return c.memberShape(p.wireUser, cmp.Or(c.members[p.ID], statusLeft))
}

func (c *chat) memberShape(user wireUser, status string) wireMember {
	shape := wireMember{Status: status, User: user}
	switch status {
	case statusKicked:
		shape.Until = new(int64)
	case statusCreator, statusAdministrator:
		hidden := c.hidden[user.ID]
		shape.Anonymous = &hidden
	}
	return shape
}

// leads says whether the person is an administrator of the chat or its creator.
func (c *chat) leads(person int64) bool {
	return c.members[person] == statusAdministrator || c.members[person] == statusCreator
}

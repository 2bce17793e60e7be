package sim

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
	return s.group(g).ID
}

// group needs the mutex.
func (s *Server) group(g Group) *chat {
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
	return c
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

// Migrate turns a basic group into a supergroup and returns the new chat id.
func (s *Server) Migrate(chat int64) (newChatID int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	old := s.mustChat(chat)
	if old.Type != kindGroup || old.migratedTo != 0 {
		panic("sim: only a basic group can become a supergroup, and only once")
	}
	return s.migrate(old).ID
}

// migrate needs the mutex and a basic group that has not become another.
func (s *Server) migrate(old *chat) *chat {
	s.observed(Act{Kind: Migrates, Chat: old.ID})
	grown := s.newGroup(Group{Title: old.Title, Supergroup: true})
	grown.Title, grown.bot = old.Title, old.bot
	for _, member := range old.order {
		grown.enter(member, old.members[member])
	}
	s.tell(old, s.creatorOf(old), 0, serviceFields{MigrateTo: grown.ID})
	old.migratedTo, old.bot = grown.ID, statusLeft
	s.tell(grown, anonymousAdmin, 0, serviceFields{MigrateFrom: old.ID})
	return grown
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

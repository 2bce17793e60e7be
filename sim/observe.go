package sim

import (
	"maps"
	"slices"
)

// ActKind says what somebody did.
type ActKind string

// What an Observer is told of.
const (
	Says       ActKind = "says"    // Act.Said
	Edits      ActKind = "edits"   // Act.Message, Act.Text
	Presses    ActKind = "presses" // Act.Message, Act.Text: the label
	Forges     ActKind = "forges"  // Act.Text: the data
	Votes      ActKind = "votes"   // Act.Message, Act.Options: the texts of all that are chosen now
	Joins      ActKind = "joins"   // Act.By is whoever adds the person, if that is somebody else
	Leaves     ActKind = "leaves"  // Act.By is whoever takes the person out, if that is somebody else
	AddsBot    ActKind = "adds the bot"
	RemovesBot ActKind = "removes the bot"
	Promotes   ActKind = "promotes" // Act.Person is the one who changes; Act.On whether an administrator
	Blocks     ActKind = "blocks the bot"
	Unblocks   ActKind = "unblocks the bot"
	Vanishes   ActKind = "deletes the account"
	Migrates   ActKind = "becomes a supergroup" // Act.Chat, which is the former one
	DropsTopic ActKind = "deletes a topic"      // Act.Message: the thread
	Faults     ActKind = "orders a fault"       // Act.Fault
	Heals      ActKind = "takes faults back"
	BreaksLine ActKind = "breaks the line"
	MendsLine  ActKind = "mends the line"
)

// Act is something that a person did, or that was done to a group or to the line.
type Act struct {
	Kind    ActKind
	Person  int64
	By      int64
	Chat    int64
	Message int
	Text    string
	On      bool
	Options []string
	Said    Message
	Fault   Fault
}

// Observer is told of everything that is done to a Server from the people's side, just before it comes about. It is
// called while the Server is locked, so it must not call it; shown gives the messages of a chat as they stand then.
type Observer interface {
	Observe(act Act, shown func(chat int64) []Shown)
}

// SetObserver tells an Observer from now on, in the place of the one before; nil tells nobody.
func (s *Server) SetObserver(observer Observer) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.observer = observer
}

// observed tells the observer; the caller holds the mutex.
func (s *Server) observed(act Act) {
	if s.observer != nil {
		s.observer.Observe(act, s.shownIn)
	}
}

// otherThan is whoever does something to a person, 0 if it is the person.
func otherThan(p, by *person) int64 {
	if p == by {
		return 0
	}
	return by.ID
}

// Presses are the ids of all presses, in their order.
func (s *Server) Presses() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Clone(s.pressOrder)
}

// People are all people, in the order in which they came.
func (s *Server) People() []Person {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	people := make([]Person, 0, len(s.cast))
	for _, p := range s.cast {
		people = append(people, Person{ID: p.ID, FirstName: p.FirstName, LastName: p.LastName, Username: p.Username,
			LanguageCode: p.LanguageCode})
	}
	return people
}

// Groups are all groups that people still write in, in the order in which they came, with the people who are in them.
func (s *Server) Groups() []Group {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var groups []Group
	for _, c := range s.chatOrder {
		if c.Type == kindPrivate || c.migratedTo != 0 {
			continue
		}
		group := Group{ID: c.ID, Title: c.Title, Supergroup: c.Type == kindSupergroup, Forum: c.IsForum}
		for _, member := range c.order {
			if s.people[member] != nil && c.inside(member) {
				group.Members = append(group.Members, member)
			}
		}
		groups = append(groups, group)
	}
	return groups
}

// Topics are the living topics of a forum, by their thread ids.
func (s *Server) Topics(chat int64) map[int]string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if c := s.chats[chat]; c != nil {
		return maps.Clone(c.topics)
	}
	return nil
}

package sim

import (
	"cmp"
	"slices"
)

// talk is what people see of a chat, or of one topic of a forum: the messages that are not deleted, by their ids, and
// whose they are. It answers at once how many there are and how many a person has not read, however many there are.
type talk struct {
	messages []*message
	own      map[int64][]int // ids by writer
}

// readKey says whose reading of which topic it is; thread 0 is a chat without topics or the general one.
type readKey struct {
	person int64
	thread int
}

// talk finds or makes the talk of a topic.
func (c *chat) talk(thread int) *talk {
	found := c.talks[thread]
	if found == nil {
		found = &talk{own: map[int64][]int{}}
		c.talks[thread] = found
	}
	return found
}

// add appends a message, which has the highest id.
func (t *talk) add(m *message) {
	t.messages = append(t.messages, m)
	t.own[m.from.ID] = append(t.own[m.from.ID], m.id)
}

// remove takes a deleted message out.
func (t *talk) remove(m *message) {
	if at, found := t.find(m.id); found {
		t.messages = slices.Delete(t.messages, at, at+1)
	}
	own := t.own[m.from.ID]
	if at, found := slices.BinarySearch(own, m.id); found {
		t.own[m.from.ID] = slices.Delete(own, at, at+1)
	}
}

// find says where the message with the id is, or where it would be.
func (t *talk) find(id int) (at int, found bool) {
	return slices.BinarySearchFunc(t.messages, id, func(m *message, id int) int { return cmp.Compare(m.id, id) })
}

// unread counts the messages of others after the one that was read last.
func (t *talk) unread(person int64, read int) int {
	at, _ := t.find(read + 1)
	own := t.own[person]
	ownAt, _ := slices.BinarySearch(own, read+1)
	return len(t.messages) - at - (len(own) - ownAt)
}

// drop deletes a message for everybody.
func (c *chat) drop(m *message) {
	if m.deleted {
		return
	}
	m.deleted = true
	c.talk(m.thread).remove(m)
}

// lastMessage is the id of the newest message, 0 if there is none.
func (c *chat) lastMessage() int {
	if len(c.messages) == 0 {
		return 0
	}
	return c.messages[len(c.messages)-1].id
}

// readUpTo is the id up to which a person has read a topic. What was there before they came counts as read.
func (c *chat) readUpTo(person int64, thread int) int {
	return max(c.since[person], c.read[readKey{person, thread}])
}

// reads marks a topic as read up to a message and reports whether that is further than before.
func (c *chat) reads(person int64, thread, upTo int) bool {
	upTo = min(upTo, c.lastMessage())
	if upTo <= c.readUpTo(person, thread) {
		return false
	}
	c.read[readKey{person, thread}] = upTo
	return true
}

// unread counts what a person has not read in all topics of the chat.
func (c *chat) unread(person int64) int {
	count := 0
	for thread, said := range c.talks {
		count += said.unread(person, c.readUpTo(person, thread))
	}
	return count
}

// Read is a person having read a chat, or a topic of it, up to the message with this id. It never goes back.
func (s *Server) Read(chat, person int64, thread, upTo int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.mustChat(chat).reads(s.mustPerson(person).ID, thread, upTo) {
		s.changed()
	}
}

// Unread counts the messages of others in a chat, all topics together, that a person has not read. Whoever writes,
// presses or votes has read what stands there.
func (s *Server) Unread(chat, person int64) int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.mustChat(chat).unread(s.mustPerson(person).ID)
}

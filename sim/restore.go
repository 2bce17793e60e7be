package sim

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// fill puts what was kept into a new Server, and says what does not fit together.
func (s *Server) fill(kept savedServer) error {
	s.bot, s.nextPerson, s.nextGroup = kept.Bot, kept.NextPerson, kept.NextGroup
	s.firstID, s.lastShared, s.albums, s.polls = kept.FirstID, kept.LastShared, kept.Albums, kept.Polls
	for _, p := range kept.People {
		if p.ID <= 0 || s.people[p.ID] != nil {
			return fmt.Errorf("person %d is there twice or has no id", p.ID)
		}
		known := &person{p.wireUser, p.Started, p.Blocked, p.Deactivated}
		s.people[p.ID], s.cast = known, append(s.cast, known)
	}
	for _, f := range kept.Files {
		if len(f.ID) < 16 || s.files[f.ID] != nil {
			return fmt.Errorf("file %q is there twice or has no id", f.ID)
		}
		kind := cmp.Or(f.Kind, documentKind)
		if f.Photo {
			kind = photoKind
		}
		if _, known := mediaKinds[kind]; !known {
			return fmt.Errorf("file %q is of no kind that there is", f.ID)
		}
		s.files[f.ID] = &storedFile{File{f.Name, f.MIME, f.Bytes}, f.ID, kind, f.Width, f.Height}
	}
	for _, c := range kept.Chats {
		if err := s.fillChat(c); err != nil {
			return fmt.Errorf("chat %d: %w", c.ID, err)
		}
	}
	for _, c := range s.chatOrder {
		if c.migratedTo != 0 && s.chats[c.migratedTo] == nil {
			return fmt.Errorf("chat %d has become one that is not there", c.ID)
		}
	}
	slices.SortFunc(s.timed, func(a, b *message) int { return cmp.Compare(a.poll.id, b.poll.id) })
	for _, p := range kept.Presses {
		if s.presses[p.ID] != nil {
			return fmt.Errorf("press %q is there twice", p.ID)
		}
		s.presses[p.ID] = &press{id: p.ID, made: p.Made, answered: p.Answered, answer: p.Answer}
		s.pressOrder = append(s.pressOrder, p.ID)
	}
	for _, menu := range kept.Commands {
		s.commands[commandKey{menu.Scope, menu.Chat, menu.User, menu.Language}] = menu.Commands
	}
	for name, text := range kept.Profile {
		s.profile[name] = text
	}
	return s.queue.fill(kept.Queue)
}

func (q *queue) fill(kept savedQueue) error {
	q.first, q.next, q.allowed = kept.First, kept.Next, kept.Allowed
	if q.first <= 0 || q.next < q.first {
		return errors.New("the updates have no numbers")
	}
	for _, u := range kept.Waiting {
		if u.ID < q.first || u.ID >= q.next {
			return fmt.Errorf("update %d is not one of those that came", u.ID)
		}
		q.waiting = append(q.waiting, &queuedUpdate{id: u.ID, body: u.Body, expires: u.Expires, delivered: u.Delivered, again: u.Again})
		if !u.Delivered {
			q.undelivered++
		}
	}
	return nil
}

func (s *Server) fillChat(kept savedChat) error {
	switch {
	case kept.ID == 0 || s.chats[kept.ID] != nil:
		return errors.New("it is there twice or has no id")
	case kept.Type == kindPrivate && s.people[kept.ID] == nil:
		return errors.New("it belongs to nobody")
	case kept.Type != kindPrivate && kept.Type != kindGroup && kept.Type != kindSupergroup:
		return fmt.Errorf("%q is no kind of chat", kept.Type)
	}
	c := s.keep(newChat(kept.wireChat))
	c.bot, c.lastID, c.migratedTo, c.muted, c.dissolved = kept.Bot, kept.LastID, kept.MigratedTo, kept.Muted, kept.Dissolved
	for thread, name := range kept.Topics {
		c.topics[thread] = name
	}
	for _, member := range kept.Members {
		if _, twice := c.members[member.ID]; twice || member.ID != s.bot.ID && s.people[member.ID] == nil {
			return fmt.Errorf("member %d is there twice or unknown", member.ID)
		}
		c.enter(member.ID, member.Status)
		c.since[member.ID] = member.Since
		if member.Hidden {
			c.hidden[member.ID] = true
		}
	}
	for _, m := range kept.Messages {
		if err := s.fillMessage(c, m); err != nil {
			return fmt.Errorf("message %d: %w", m.ID, err)
		}
	}
	for _, read := range kept.Read {
		if s.people[read.Person] == nil {
			return fmt.Errorf("person %d who has read it is unknown", read.Person)
		}
		c.read[readKey{read.Person, read.Thread}] = read.UpTo
	}
	if kept.Pinned != 0 {
		if c.pinned = c.byID[kept.Pinned]; c.pinned == nil {
			return errors.New("what is pinned is not there")
		}
	}
	return nil
}

// fillMessage adds a message, after those that it refers to.
func (s *Server) fillMessage(c *chat, kept savedMessage) error {
	last := s.lastShared
	if c.Type == kindSupergroup {
		last = c.lastID
	}
	m := &message{chat: c, id: kept.ID, thread: kept.Thread, from: kept.From, anonymous: kept.Anonymous, date: kept.Date, edited: kept.Edited,
		edits: kept.Edits, deleted: kept.Deleted, delivered: kept.Delivered, text: kept.Text, entities: kept.Entities, mediaGroup: kept.Album,
		keyboard: kept.Keyboard, forceReply: kept.ForceReply, reaction: kept.Reaction, service: kept.Service, location: kept.Location,
		file: s.files[kept.File], replyTo: c.byID[kept.ReplyTo], pinned: c.byID[kept.Pinned]}
	switch {
	case m.id <= c.lastMessage() || m.id > last:
		return errors.New("it is out of order")
	case m.thread < 0 || m.thread > 0 && !c.IsForum:
		return errors.New("it is in a topic that cannot be")
	case kept.File != "" && m.file == nil || kept.ReplyTo != 0 && m.replyTo == nil || kept.Pinned != 0 && m.pinned == nil:
		return errors.New("what it refers to is not there")
	}
	if kept.Poll != nil {
		if m.poll = s.fillPoll(*kept.Poll); m.poll == nil {
			return errors.New("its poll has impossible votes")
		}
		if !m.poll.closed && !m.poll.closes.IsZero() {
			s.timed = append(s.timed, m)
		}
	}
	c.messages = append(c.messages, m)
	c.byID[m.id] = m
	if !m.deleted {
		c.talk(m.thread).add(m)
	}
	return nil
}

// fillPoll is nil if a vote is impossible.
func (s *Server) fillPoll(kept savedPoll) *poll {
	votes := map[int64][]int{}
	for voter, chosen := range kept.Votes {
		outside := func(option int) bool { return option < 0 || option >= len(kept.Options) }
		if s.people[voter] == nil || len(chosen) == 0 || slices.ContainsFunc(chosen, outside) {
			return nil
		}
		votes[voter] = chosen
	}
	return &poll{kept.ID, kept.Question, kept.Options, kept.Anonymous, kept.Multiple, kept.Closed, kept.Final, kept.Period, kept.Closes, votes}
}

package sim

// Topic opens a topic in a forum and returns its thread id.
func (s *Server) Topic(chat int64, name string) int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c := s.mustChat(chat)
	if !c.IsForum {
		panic("sim: a group without topics cannot get one")
	}
	return s.openTopic(c, s.creatorOf(c), name)
}

// openTopic and dropTopic need the mutex.
func (s *Server) openTopic(c *chat, by wireUser, name string) int {
	m := s.tell(c, by, -1, serviceFields{Topic: &wireTopic{Name: name, IconColor: 7322096}})
	c.topics[m.id] = name
	return m.id
}

// DeleteTopic deletes a topic with all that was said in it.
func (s *Server) DeleteTopic(chat int64, thread int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.dropTopic(s.mustChat(chat), thread)
}

func (s *Server) dropTopic(c *chat, thread int) {
	s.observed(Act{Kind: DropsTopic, Chat: c.ID, Message: thread})
	delete(c.topics, thread)
	for _, m := range c.messages {
		if m.thread == thread {
			c.drop(m)
		}
	}
	s.changed()
}

package sim

// Skip leaves out the next numbers of people, groups, messages, updates, polls and albums, so many of each. A Server
// that was loaded from a document older than what its bot remembers must not give anew what the bot knows already.
func (s *Server) Skip(numbers int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.nextPerson += int64(numbers)
	s.nextGroup += int64(numbers)
	s.lastShared += numbers
	s.albums += int64(numbers)
	s.polls += int64(numbers)
	s.queue.next += int64(numbers)
	for _, c := range s.chats {
		c.lastID += numbers
	}
}

package sim

import "encoding/json"

func (s *Server) getMe(*request) (any, *refusal) {
	return struct {
		wireUser
		CanJoinGroups bool `json:"can_join_groups"`
		ReadsAll      bool `json:"can_read_all_group_messages"`
		Inline        bool `json:"supports_inline_queries"`
	}{wireUser: s.bot, CanJoinGroups: true}, nil
}

func (s *Server) getChat(r *request) (any, *refusal) {
	c, refused := s.readableChat(r)
	if refused != nil {
		return nil, refused
	}
	full := struct {
		wireChat
		AccentColor int          `json:"accent_color_id"`
		Reactions   int          `json:"max_reaction_count"`
		Gifts       struct{}     `json:"accepted_gift_types"`
		Pinned      *wireMessage `json:"pinned_message,omitempty"`
	}{wireChat: c.wireChat, Reactions: 11}
	if c.pinned != nil {
		full.Pinned = c.pinned.bare()
	}
	return full, nil
}

// readableChat finds the chat of a request and checks that the bot may look at it.
func (s *Server) readableChat(r *request) (*chat, *refusal) {
	c, refused := s.chatOf(r)
	if refused != nil {
		return nil, refused
	}
	if c.Type == kindPrivate {
		if !s.people[c.ID].started {
			return nil, badRequest("chat not found")
		}
		return c, nil
	}
	return c, c.refuseBot()
}

func (s *Server) getChatMember(r *request) (any, *refusal) {
	c, refused := s.readableChat(r)
	if refused != nil {
		return nil, refused
	}
	id := r.number("user_id")
	if id == s.bot.ID {
		return c.memberShape(s.bot, c.bot), nil
	}
	p := s.people[id]
	if p == nil {
		return nil, badRequest("user not found")
	}
	status := c.members[id]
	switch {
	case c.Type == kindPrivate && id == c.ID:
		status = statusMember
	case status == "":
		status = statusLeft
	}
	return c.memberShape(p.wireUser, status), nil
}

func (s *Server) getChatAdministrators(r *request) (any, *refusal) {
	c, refused := s.readableChat(r)
	if refused != nil {
		return nil, refused
	}
	if c.Type == kindPrivate {
		return nil, badRequest("there are no administrators in the private chat")
	}
	found := []wireMember{}
	for _, id := range c.order {
		p := s.people[id]
		if status := c.members[id]; p != nil && (status == statusAdministrator || status == statusCreator) {
			found = append(found, c.memberShape(p.wireUser, status))
		}
	}
	return found, nil
}

func (s *Server) getChatMemberCount(r *request) (any, *refusal) {
	c, refused := s.readableChat(r)
	if refused != nil {
		return nil, refused
	}
	if c.Type == kindPrivate {
		return 2, nil
	}
	count := 0
	for _, id := range c.order {
		if c.inside(id) {
			count++
		}
	}
	return count, nil
}

func (s *Server) leaveChat(r *request) (any, *refusal) {
	c, refused := s.chatOf(r)
	if refused != nil {
		return nil, refused
	}
	if c.Type == kindPrivate {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	if refused := c.refuseBot(); refused != nil {
		return nil, refused
	}
	before := c.bot
	bot := s.bot
	s.add(&message{chat: c, from: s.bot, service: &serviceFields{LeftMember: &bot}})
	c.bot, c.members[s.bot.ID] = statusLeft, statusLeft
	s.changeOfBot(c, s.bot, before, statusLeft)
	return true, nil
}

func (s *Server) setMyDescription(r *request) (any, *refusal) {
	return s.describe(r, "description", 512)
}

func (s *Server) setMyShortDescription(r *request) (any, *refusal) {
	return s.describe(r, "short_description", 120)
}

func (s *Server) setMyName(r *request) (any, *refusal) {
	_, refused := s.describe(r, "name", 64)
	if name := r.values["name"]; refused == nil && name != "" && r.values["language_code"] == "" {
		s.bot.FirstName = name
	}
	return true, refused
}

func (s *Server) describe(r *request, field string, most int) (any, *refusal) {
	if tooLong(r.values[field], most) {
		return nil, badRequest("BOT_" + map[string]string{"description": "DESCRIPTION", "short_description": "ABOUT",
			"name": "TITLE"}[field] + "_INVALID")
	}
	s.profile[field+" "+r.values["language_code"]] = r.values[field]
	s.changed()
	return true, nil
}

// Profile is what the bot says about itself: field is "name", "description" or "short_description", language two
// letters or "".
func (s *Server) Profile(field, language string) string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.profile[field+" "+language]
}

func parseReaction(raw string) (string, *refusal) {
	if raw == "" {
		return "", nil
	}
	var reactions []struct {
		Type  string `json:"type"`
		Emoji string `json:"emoji"`
	}
	if json.Unmarshal([]byte(raw), &reactions) != nil {
		return "", badRequest("can't parse reaction types JSON object")
	}
	switch {
	case len(reactions) == 0:
		return "", nil
	case len(reactions) > 1 || reactions[0].Type != "emoji":
		return "", badRequest("REACTIONS_TOO_MANY")
	}
	return reactions[0].Emoji, nil
}

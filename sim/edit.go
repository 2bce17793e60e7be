package sim

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// deletable is how long a bot can take back what it said.
const deletable = 48 * time.Hour

const notModified = "message is not modified: specified new message content and reply markup are exactly the same " +
	"as a current content and reply markup of the message"

func (s *Server) editMessageText(r *request) (any, *refusal) {
	raw := r.values["text"]
	if raw == "" {
		return nil, badRequest("message text is empty")
	}
	text, entities, refused := formatted(r, raw, "entities")
	if refused != nil {
		return nil, refused
	}
	m, shown, refused := s.editable(r)
	if refused != nil {
		return nil, refused
	}
	if m.file != nil || m.poll != nil || m.location != nil {
		return nil, badRequest("there is no text in the message to edit")
	}
	wanted := &message{text: text, entities: entities}
	if refused := s.finish(r, wanted); refused != nil {
		return nil, refused
	}
	return s.change(m, wanted, shown)
}

func (s *Server) editMessageReplyMarkup(r *request) (any, *refusal) {
	m, shown, refused := s.editable(r)
	if refused != nil {
		return nil, refused
	}
	return s.change(m, &message{text: m.text, entities: m.entities, file: m.file}, shown)
}

// editable finds the message to edit and the buttons that it is to have.
func (s *Server) editable(r *request) (*message, markup, *refusal) {
	shown, refused := parseMarkup(r)
	if refused != nil {
		return nil, shown, refused
	}
	c, refused := s.writableChat(r)
	if refused != nil {
		return nil, shown, refused
	}
	id := int(r.number("message_id"))
	if id <= 0 {
		return nil, shown, badRequest("message identifier is not specified")
	}
	m := c.byID[id]
	if m == nil || m.deleted {
		return nil, shown, badRequest("message to edit not found")
	}
	if m.from.ID != s.bot.ID || m.service != nil || m.pinned != nil {
		return nil, shown, badRequest("message can't be edited")
	}
	return m, shown, nil
}

func (s *Server) change(m, wanted *message, shown markup) (any, *refusal) {
	if refused := refuseKeyboard(shown.keyboard); refused != nil {
		return nil, refused
	}
	if m.text == wanted.text && m.file == wanted.file && slices.Equal(m.entities, wanted.entities) && sameButtons(m.keyboard, shown.keyboard) {
		return nil, badRequest(notModified)
	}
	if refused := s.pay(m.chat, 1); refused != nil {
		return nil, refused
	}
	m.text, m.entities, m.file, m.keyboard = wanted.text, wanted.entities, wanted.file, shown.keyboard
	m.edited = s.now()
	m.edits++
	s.changed()
	return m.wire(), nil
}

func sameButtons(a, b [][]Button) bool {
	return slices.EqualFunc(a, b, func(one, other []Button) bool {
		return slices.EqualFunc(one, other, func(x, y Button) bool {
			return x.Text == y.Text && x.Data == y.Data && x.URL == y.URL && (x.Copy == nil) == (y.Copy == nil)
		})
	})
}

func (s *Server) deleteMessage(r *request) (any, *refusal) {
	c, refused := s.writableChat(r)
	if refused != nil {
		return nil, refused
	}
	id := int(r.number("message_id"))
	if id <= 0 {
		return nil, badRequest("message identifier is not specified")
	}
	m := c.byID[id]
	switch {
	case m == nil || m.deleted:
		return nil, badRequest("message to delete not found")
	case c.Type != kindPrivate && m.from.ID != s.bot.ID && c.bot != statusAdministrator,
		s.now().Sub(m.date) > deletable && c.bot != statusAdministrator:
		return nil, badRequest("message can't be deleted")
	}
	c.drop(m)
	s.changed()
	return true, nil
}

func (s *Server) pinChatMessage(r *request) (any, *refusal) {
	c, m, refused := s.named(r, "pin")
	if refused != nil {
		return nil, refused
	}
	if c.Type == kindSupergroup && c.bot != statusAdministrator {
		return nil, badRequest("not enough rights to manage pinned messages in the chat")
	}
	c.pinned = m
	s.add(&message{chat: c, from: s.bot, thread: m.thread, pinned: m})
	return true, nil
}

func (s *Server) setMessageReaction(r *request) (any, *refusal) {
	_, m, refused := s.named(r, "react")
	if refused != nil {
		return nil, refused
	}
	emoji, refused := parseReaction(r.values["reaction"])
	if refused != nil {
		return nil, refused
	}
	m.reaction = emoji
	s.changed()
	return true, nil
}

// named finds the chat and the message that a call is about.
func (s *Server) named(r *request, verb string) (*chat, *message, *refusal) {
	c, refused := s.writableChat(r)
	if refused != nil {
		return nil, nil, refused
	}
	m := c.byID[int(r.number("message_id"))]
	if m == nil || m.deleted {
		return nil, nil, badRequest("message to " + verb + " not found")
	}
	return c, m, nil
}

// actions are what sendChatAction knows.
var actions = strings.Fields("typing upload_photo record_video upload_video record_voice upload_voice upload_document " +
	"choose_sticker find_location record_video_note upload_video_note cancel")

func (s *Server) sendChatAction(r *request) (any, *refusal) {
	if !slices.Contains(actions, strings.ToLower(r.values["action"])) {
		return nil, badRequest("wrong parameter action in request")
	}
	if _, refused := s.writableChat(r); refused != nil {
		return nil, refused
	}
	return true, nil
}

func tooLong(text string, most int) bool { return utf8.RuneCountInString(text) > most }

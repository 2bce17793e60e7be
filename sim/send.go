package sim

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	mostTextBytes = 32768
	mostText      = 4096 // characters after parsing
	mostCaption   = 1024
)

func (s *Server) sendMessage(r *request) (any, *refusal) {
	raw := r.values["text"]
	if raw == "" {
		return nil, badRequest("message text is empty")
	}
	if len(raw) > mostTextBytes {
		return nil, badRequest("text is too long")
	}
	text, entities, refused := formatted(r, raw, "entities")
	if refused != nil {
		return nil, refused
	}
	return s.deliver(r, &message{text: text, entities: entities})
}

// deliver goes the rest of the way that all sent messages share, in the order in which Telegram checks.
func (s *Server) deliver(r *request, m *message) (any, *refusal) {
	answers, refused := replyTarget(r)
	if refused != nil {
		return nil, refused
	}
	shown, refused := parseMarkup(r)
	if refused != nil {
		return nil, refused
	}
	if refused = s.aim(r, m, answers); refused != nil {
		return nil, refused
	}
	if refused = s.finish(r, m); refused != nil {
		return nil, refused
	}
	if refused = refuseKeyboard(shown.keyboard); refused != nil {
		return nil, refused
	}
	if refused = s.pay(m.chat, 1); refused != nil {
		return nil, refused
	}
	m.from, m.keyboard, m.forceReply = s.bot, shown.keyboard, shown.forceReply
	if m.poll != nil {
		s.open(m)
	}
	r.made = append(r.made, s.add(m))
	return m.wire(), nil
}

// aim finds the chat and the topic into which a message goes, and the message that it answers.
func (s *Server) aim(r *request, m *message, answers replyParameters) (refused *refusal) {
	if m.chat, refused = s.writableChat(r); refused != nil {
		return refused
	}
	if m.replyTo, refused = m.chat.findReply(answers); refused != nil {
		return refused
	}
	m.thread, refused = m.chat.threadOf(int(r.number("message_thread_id")), m.replyTo)
	return refused
}

// finish trims the text as TDLib does and checks its length.
func (s *Server) finish(r *request, m *message) *refusal {
	if m.poll != nil {
		return m.poll.finish()
	}
	m.text, m.entities = trim(m.text, m.entities)
	m.entities = findEntities(m.text, m.entities)
	length, most := utf8.RuneCountInString(m.text), mostText
	if m.file != nil {
		most = mostCaption
	} else if m.text == "" && m.location == nil {
		return badRequest("text must be non-empty")
	}
	if length <= most {
		return nil
	}
	s.violate(r.method + ": a text of " + strconv.Itoa(length) + " characters is longer than " + strconv.Itoa(most))
	if m.file != nil {
		return badRequest("message caption is too long")
	}
	return badRequest("message is too long")
}

// formatted reads a text by its parse_mode, or with the entities that came beside it.
func formatted(r *request, raw, entitiesName string) (string, []Entity, *refusal) {
	raw = strings.ToValidUTF8(raw, "")
	mode := strings.ToLower(r.values["parse_mode"])
	parse := map[string]func(string) (string, []Entity, error){
		"html": parseHTML, "markdownv2": parseMarkdownV2, "markdown": parseMarkdown}[mode]
	switch {
	case mode == "" || mode == "none":
		var entities []Entity
		if given := r.values[entitiesName]; given != "" {
			if json.Unmarshal([]byte(given), &entities) != nil {
				return "", nil, badRequest("can't parse entities JSON object")
			}
		}
		return raw, entities, nil
	case parse == nil:
		return "", nil, badRequest("unsupported parse_mode")
	}
	text, entities, err := parse(raw)
	if err != nil {
		return "", nil, badRequest("can't parse entities: " + err.Error())
	}
	return text, entities, nil
}

// trim takes blanks away at the end, and at the beginning as far as no entity begins there.
func trim(text string, entities []Entity) (string, []Entity) {
	text = strings.TrimRight(strings.ReplaceAll(text, "\r", ""), " \t\n\v\f\u00a0")
	body := strings.TrimLeft(text, " \t\n\v\f")
	cutAway := units(text[:len(text)-len(body)])
	for _, entity := range entities {
		cutAway = min(cutAway, entity.Offset)
	}
	if cutAway > 0 {
		text = text[len(cut(text, 0, cutAway)):]
	}
	length := units(text)
	var kept []Entity
	for _, entity := range entities {
		entity.Offset -= cutAway
		entity.Length = min(entity.Length, length-entity.Offset)
		if entity.Length > 0 {
			kept = append(kept, entity)
		}
	}
	return text, kept
}

type replyParameters struct {
	MessageID   int  `json:"message_id"`
	MayBeAbsent bool `json:"allow_sending_without_reply"`
}

func replyTarget(r *request) (replyParameters, *refusal) {
	var target replyParameters
	raw := r.values["reply_parameters"]
	if raw == "" {
		return target, nil
	}
	if json.Unmarshal([]byte(raw), &target) != nil {
		return target, badRequest("can't parse reply parameters JSON object")
	}
	return target, nil
}

func (c *chat) findReply(target replyParameters) (*message, *refusal) {
	if target.MessageID == 0 {
		return nil, nil
	}
	found := c.byID[target.MessageID]
	if found != nil && !found.deleted {
		return found, nil
	}
	if target.MayBeAbsent {
		return nil, nil
	}
	return nil, badRequest("message to be replied not found")
}

// threadOf finds the topic of a new message: the one asked for, or that of the message that it answers. General (1)
// is no thread.
func (c *chat) threadOf(asked int, replyTo *message) (int, *refusal) {
	if asked == 0 || asked == 1 && c.IsForum {
		if asked == 0 && replyTo != nil {
			return replyTo.thread, nil
		}
		return 0, nil
	}
	if _, living := c.topics[asked]; !living {
		return 0, badRequest("message thread not found")
	}
	return asked, nil
}

// chatOf finds the chat of a request.
func (s *Server) chatOf(r *request) (*chat, *refusal) {
	raw := strings.TrimSpace(r.values["chat_id"])
	if raw == "" {
		return nil, badRequest("chat_id is empty")
	}
	id, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || id == 0 {
		s.violate(r.method + ": chat_id is not the id of a chat")
		return nil, badRequest("chat not found")
	}
	if id == s.bot.ID {
		return nil, forbidden("the bot can't send messages to the bot")
	}
	c := s.chats[id]
	if c == nil {
		if p := s.people[id]; p != nil {
			return s.privateChat(p), nil
		}
		return nil, badRequest("chat not found")
	}
	if c.migratedTo != 0 {
		return nil, &refusal{code: 400, migrateTo: c.migratedTo,
			description: "Bad Request: group chat was upgraded to a supergroup chat"}
	}
	return c, nil
}

// writableChat finds the chat of a request and checks that the bot may write there.
func (s *Server) writableChat(r *request) (*chat, *refusal) {
	c, refused := s.chatOf(r)
	if refused != nil {
		return nil, refused
	}
	if c.Type != kindPrivate {
		if refused := c.refuseBot(); refused != nil {
			return nil, refused
		}
		if c.muted {
			return nil, badRequest("not enough rights to send text messages to the chat")
		}
		return c, nil
	}
	p := s.people[c.ID]
	switch {
	case p.deactivated:
		return nil, forbidden("user is deactivated")
	case p.blocked:
		return nil, forbidden("bot was blocked by the user")
	case !p.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	}
	return c, nil
}

// refuseBot says why the bot cannot act in a group, nil if it is in there.
func (c *chat) refuseBot() *refusal {
	if c.botInside() {
		return nil
	}
	kind := "group"
	if c.Type == kindSupergroup {
		kind = "supergroup"
	}
	switch {
	case c.dissolved:
		return forbidden("the group chat was deleted")
	case c.bot == statusKicked:
		return forbidden("bot was kicked from the " + kind + " chat")
	}
	return forbidden("bot is not a member of the " + kind + " chat")
}

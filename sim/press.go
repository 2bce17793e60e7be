package sim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// answerTime is how long after a press Telegram still takes an answer to it (public reports; not documented).
const answerTime = 30 * time.Second

type press struct {
	id       string
	made     time.Time
	answered bool
	answer   Answer
}

// Answer is what the bot said to a press: a toast, an alert, or a link to open.
type Answer struct {
	Text  string
	Alert bool
	URL   string
}

// Press is a person pressing the button with this text on a message as it stands now, and returns the id of the press.
// It is an error if the message has no such button that calls back; the error lists what there is.
func (s *Server) Press(chat int64, messageID int, person int64, button string) (pressID string, err error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, p := s.mustChat(chat), s.mustPerson(person)
	m := c.byID[messageID]
	if m == nil || m.deleted {
		return "", fmt.Errorf("there is no message %d in chat %d", messageID, chat)
	}
	var there []string
	for _, row := range m.keyboard {
		for _, shown := range row {
			if shown.Text == button && shown.Data != "" {
				c.reads(person, m.thread, m.id)
				s.observed(Act{Kind: Presses, Person: person, Chat: chat, Message: messageID, Text: button})
				return s.press(p, m.wire(), c, shown.Data), nil
			}
			there = append(there, "["+shown.Text+"]")
		}
	}
	return "", fmt.Errorf("no button [%s] to press on message %d; there is %s", button, messageID,
		strings.Join(append(there, "nothing else"), " "))
}

// PressData is a person sending any data at all as a press of a message of the bot, as changed programs can.
func (s *Server) PressData(chat int64, messageID int, person int64, data string) (pressID string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, p := s.mustChat(chat), s.mustPerson(person)
	s.observed(Act{Kind: Forges, Person: person, Chat: chat, Message: messageID, Text: data})
	m := c.byID[messageID]
	if m == nil {
		return s.press(p, wireGone{Chat: c.wireChat, ID: messageID}, c, data)
	}
	return s.press(p, m.wire(), c, data)
}

// PressOld is a press on a message so old that Telegram shows the bot only its id, with date 0.
func (s *Server) PressOld(chat int64, messageID int, person int64, data string) (pressID string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	c, p := s.mustChat(chat), s.mustPerson(person)
	return s.press(p, wireGone{Chat: c.wireChat, ID: messageID}, c, data)
}

func (s *Server) press(p *person, shown any, c *chat, data string) string {
	id := strconv.FormatInt(p.ID<<20+int64(len(s.pressOrder))+1, 10)
	s.presses[id] = &press{id: id, made: s.now()}
	s.pressOrder = append(s.pressOrder, id)
	s.emit("callback_query", wirePress{ID: id, From: p.wireUser, Message: shown,
		ChatInstance: strconv.FormatInt(c.ID^0x5deece66d, 10), Data: data}, pressLife)
	s.changed()
	return id
}

// Toast is the bot's answer to a press, and whether there was one yet.
func (s *Server) Toast(pressID string) (Answer, bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	made := s.presses[pressID]
	if made == nil || !made.answered {
		return Answer{}, false
	}
	return made.answer, true
}

// Answers are the bot's answers to all presses that it answered, in the order of the presses.
func (s *Server) Answers() []Answer {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	var answers []Answer
	for _, id := range s.pressOrder {
		if made := s.presses[id]; made.answered {
			answers = append(answers, made.answer)
		}
	}
	return answers
}

func (s *Server) answerCallbackQuery(r *request) (any, *refusal) {
	text := r.values["text"]
	if length := len([]rune(text)); length > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	made := s.presses[r.values["callback_query_id"]]
	if made == nil || made.answered || s.now().Sub(made.made) > answerTime {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	made.answered = true
	made.answer = Answer{Text: text, Alert: r.yes("show_alert"), URL: r.values["url"]}
	s.changed()
	return true, nil
}

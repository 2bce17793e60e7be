package town

import (
	"regexp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

var questionShape = regexp.MustCompile(`Q-[0-9]+`)

// question goes from a community to the council and back.
type question struct {
	forum      group
	asker      person
	answerer   *person
	mark, name string
	where      int64 // the chat in which it is answered
	done       int
}

func (t *Town) newQuestion() (*question, bool) {
	answerer, free := t.free(t.council.members)
	if !free {
		return nil, false
	}
	forum := one(t, t.communities)
	return &question{forum: forum, asker: t.people[one(t, forum.members)], answerer: answerer, mark: t.mark()}, true
}

func (s *question) step(t *Town) bool {
	s.done++
	switch s.done {
	case 1:
		t.say(sim.Message{Chat: s.forum.chat, Person: s.asker.id, Text: "/tanya Dewan kapan " + s.mark + " dibuka?"}, act{
			what: "asks " + s.mark})
	case 2:
		return s.lets(t)
	case 3:
		return s.answer(t)
	case 4:
		s.answerer.busy = false
		return t.press(s.where, s.answerer.id, "Kirim", []string{"Pratinjau", s.name}, act{what: "sends the answer to " + s.mark, leaves: standing{s.mark, string(council.QuestionAnswered), t.council.chat, "Dijawab"},
			effects: []string{did("answered", s.mark, s.answerer.id)}, answers: []answer{in(s.forum.chat, "Jawaban Dewan untuk "+s.name).with("Terjawab")}})
	case 5:
		t.press(s.forum.chat, s.asker.id, "Terjawab", []string{"Jawaban Dewan untuk " + s.name}, act{what: "closes " + s.mark, leaves: standing{s.mark, string(council.QuestionClosed), t.council.chat, "terjawab"},
			effects: []string{did("closed", s.mark, s.asker.id)}, answers: []answer{opening(t.council.chat, s.name+" ditutup")}})
		return false
	}
	return true
}

// answer answers in private, or as a reply to the card in the council's group.
func (s *question) answer(t *Town) bool {
	card, found := t.find(t.council.chat, "Jawab", s.mark)
	if !found {
		t.misses("the question "+s.mark, in(t.council.chat, s.mark))
		s.answerer.busy = false
		return false
	}
	s.name, s.where = questionShape.FindString(card.Text), s.answerer.id
	message := sim.Message{Person: s.answerer.id, Text: "/jawab " + s.name + " pada " + t.mark()}
	if t.random.IntN(2) == 0 {
		s.where, message.ReplyTo, message.Text = t.council.chat, card.ID, "pada "+t.mark()
	}
	message.Chat = s.where
	t.say(message, act{what: "answers " + s.mark, answers: []answer{directly(s.where, "Pratinjau", s.name).with("Kirim")}})
	return true
}

// lets lets the name be shown, by which the question goes out.
func (s *question) lets(t *Town) bool {
	for _, message := range t.telegram.Messages(s.forum.chat) {
		if message.Bot && message.ReplyTo != 0 && labelOf(message, "Ya") != "" && stands(t.text(s.forum.chat, message.ReplyTo), s.mark) {
			return t.pressOn(message, s.asker.id, "Ya", act{what: "lets the name be shown with " + s.mark, leaves: standing{s.mark, string(council.QuestionWaiting), t.council.chat, "Menunggu jawaban"},
				effects: []string{did("asked", s.mark, s.asker.id)}, answers: []answer{in(t.council.chat, s.mark, "dari").with("Jawab")}})
		}
	}
	t.misses("whether the name may be shown with "+s.mark, in(s.forum.chat, "ditampilkan?"))
	s.answerer.busy = false
	return false
}

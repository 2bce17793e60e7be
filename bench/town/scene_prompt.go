package town

import (
	"fmt"
	"regexp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

var promptShape = regexp.MustCompile(`P-[0-9]+`)

// prompt is put to two people by the coordinator. Both answer: by a button, and
// with the reason as a reply.
type prompt struct {
	asked      [2]*person
	said       [2]bool // yes
	mark, name string
	done       int
}

func (t *Town) newPrompt() (*prompt, bool) {
	if t.owner.busy {
		return nil, false
	}
	s := &prompt{mark: t.mark()}
	for i := range s.asked {
		answerer, free := t.free(t.working[t.random.IntN(len(t.working))].members)
		if !free {
			s.letGo()
			return nil, false
		}
		s.asked[i] = answerer
	}
	t.owner.busy = true
	return s, true
}

func (s *prompt) letGo() {
	for _, answerer := range s.asked {
		if answerer != nil {
			answerer.busy = false
		}
	}
}

// standing is that everybody who pressed has answered.
func (s *prompt) standing(t *Town) standing {
	answers := 0
	for _, said := range s.said {
		if said {
			answers++
		}
	}
	return standing{s.mark, string(council.PromptOpen), t.owner.id, fmt.Sprintf("Menjawab: %d dari 2", answers)}
}

func (s *prompt) step(t *Town) bool {
	s.done++
	switch s.done {
	case 1:
		t.say(sim.Message{Chat: t.owner.id, Person: t.owner.id, Text: "/pemantik " + s.asked[0].name + " " + s.asked[1].name + " Setujukah " + s.mark + "? tenggat 2026-06-29"}, act{
			what: "puts " + s.mark, answers: []answer{directly(t.owner.id, s.mark, "Mohon diperiksa").with("Benar")}})
	case 2:
		t.owner.busy = false
		if !t.press(t.owner.id, t.owner.id, "Benar", []string{s.mark, "Pemantik"}, act{what: "confirms " + s.mark, effects: []string{did("created", s.mark, t.owner.id)},
			answers: []answer{in(s.asked[0].id, s.mark).with("Ya"), in(s.asked[1].id, s.mark).with("Ya"), in(t.owner.id, s.mark, "Menjawab: 0 dari 2")}}) {
			s.letGo()
			return false
		}
	case 3:
		for i, answerer := range s.asked {
			if message, found := t.find(answerer.id, "Ya", s.mark); found {
				s.name = promptShape.FindString(message.Text)
			}
			s.said[i] = t.press(answerer.id, answerer.id, "Ya", []string{s.mark}, act{what: "says yes to " + s.mark, effects: []string{did("answered", s.mark, answerer.id)},
				answers: []answer{in(answerer.id, "Apa alasannya")}})
		}
	case 4:
		for i, answerer := range s.asked {
			word := t.mark()
			if !s.said[i] {
				continue
			}
			message := sim.Message{Chat: answerer.id, Person: answerer.id, Text: "karena " + word}
			to := [][]string{{"Apa alasannya"}, {s.mark}}[i] // a command in between ends what was asked, but for replies
			if question, found := t.find(answerer.id, "", to...); found {
				message.ReplyTo = question.ID
			}
			t.say(message, act{what: "gives a reason for " + s.mark, leaves: s.standing(t), effects: []string{did("answered", s.mark, answerer.id)}, answers: []answer{directly(answerer.id, s.name, word)}})
		}
		s.letGo()
		return false
	}
	return true
}

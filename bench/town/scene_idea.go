package town

import (
	"regexp"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

var ideaShape = regexp.MustCompile(`I-[0-9]+`)

// idea is an innovation: given in private with three questions, shown to its
// community, supported, and decided by the council.
type idea struct {
	forum      group
	giver      *person
	supporter  person
	decider    person
	mark, name string
	before     int // the last message in private before it
	kept       bool
	presses    int // on what the bot asked
	done       int
}

// newIdea is somebody's idea; false when everybody of the community is busy, or has
// given enough for a day.
func (t *Town) newIdea() (*idea, bool) {
	forum := one(t, t.communities)
	giver, free := t.free(forum.members)
	if !free {
		return nil, false
	}
	if giver.ideas++; giver.ideas > mostIdeas {
		giver.busy = false
		return nil, false
	}
	s := &idea{forum: forum, giver: giver, mark: t.mark()}
	for s.decider = *giver; s.decider.id == giver.id; { // who decides is not told of it
		s.decider = t.people[one(t, t.council.members)]
	}
	for s.supporter = *giver; s.supporter.id == giver.id; {
		s.supporter = t.people[one(t, forum.members)]
	}
	return s, true
}

// mostPresses is more than any idea takes, however often the bot was killed meanwhile.
const mostPresses = 12

// mostIdeas keeps below what the bot takes from one person on one day.
const mostIdeas = 4

func (s *idea) step(t *Town) bool {
	switch s.done {
	case 0:
		s.done = 1
		if messages := t.telegram.Messages(s.giver.id); len(messages) > 0 {
			s.before = messages[len(messages)-1].ID
		}
		t.say(sim.Message{Chat: s.forum.chat, Person: s.giver.id, Text: "/ide " + s.mark + " " + t.topic()}, act{what: "begins " + s.mark})
		return true
	case 1:
		return s.goOn(t)
	case 2:
		if card, found := t.find(s.forum.chat, "Dukung", s.mark); found {
			s.name = ideaShape.FindString(card.Text)
		}
		s.done++
		return t.press(s.forum.chat, s.supporter.id, "Dukung", []string{s.mark}, act{what: "supports " + s.mark, effects: []string{did("supported", s.mark, s.supporter.id)}})
	}
	word := t.mark()
	t.say(sim.Message{Chat: t.council.chat, Person: s.decider.id, Text: "/putuskan " + s.name + " tunda, menunggu " + word}, act{
		what: "decides " + s.mark, leaves: standing{s.mark, string(council.IdeaPostponed), s.forum.chat, "Ditunda"}, effects: []string{did("decided", s.mark, s.decider.id), did("told", s.mark, s.decider.id)},
		answers: []answer{directly(t.council.chat, s.name, word), in(s.giver.id, word), in(s.forum.chat, word)}})
	return false
}

// goOn presses what the bot asks next: whether the text about personal data is agreed
// to, two questions that may be passed over, and whether the name may be shown.
func (s *idea) goOn(t *Town) bool {
	for _, button := range []string{"Boleh", "Lewati", "Setuju"} {
		message, found := t.findAfter(s.giver.id, s.before, button)
		if !found {
			continue
		}
		if s.presses++; s.presses > mostPresses {
			break // they lead nowhere
		}
		a := act{what: strings.ToLower(button) + " for " + s.mark}
		if button != "Setuju" && !s.kept {
			s.kept = true // with the first question the bot has it
			a.effects = []string{did("created", s.mark, s.giver.id)}
		}
		if button == "Boleh" {
			s.done, s.giver.busy = 2, false
			a.effects = append(a.effects, did("corrected", s.mark, s.giver.id))
			a.leaves = standing{s.mark, string(council.IdeaSubmitted), s.forum.chat, "Diterima"}
			a.answers = []answer{in(s.forum.chat, s.mark).with("Dukung")}
		}
		return t.pressOn(message, s.giver.id, button, a)
	}
	t.misses("the next question on "+s.mark, in(s.giver.id))
	s.giver.busy = false
	return false
}

// topic is four words that no other idea has: ideas that are alike are asked about.
func (t *Town) topic() string {
	const consonants, vowels = "bdgjklmnprst", "aiueo"
	words := make([]string, 4)
	for i := range words {
		var word strings.Builder
		for range 4 {
			word.WriteByte(consonants[t.random.IntN(len(consonants))])
			word.WriteByte(vowels[t.random.IntN(len(vowels))])
		}
		words[i] = word.String()
	}
	return strings.Join(words, " ")
}

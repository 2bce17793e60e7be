package story

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/rembuk/rembuk/sim"
)

// Outcome is what came of one step that was played.
type Outcome struct {
	Step   Step
	Reason string // why it is not as the script says; empty when it is
	There  string // what was there instead
	Said   string // the message of the bot that an expectation is about, as it stands
	Person int64  // who sees it, in which chat and topic
	Chat   int64
	Thread int
}

// spoil notes that something is not as the script says.
func (o *Outcome) spoil(err error) {
	var otherwise *Otherwise
	if errors.As(err, &otherwise) {
		o.Reason, o.There = otherwise.Reason, otherwise.There
		return
	}
	o.Reason = err.Error()
}

// How long somebody needs to see that something has happened, and to read a letter.
const (
	glance  = 700 * time.Millisecond
	letter  = 38 * time.Millisecond
	longest = 9 * time.Second
)

// reading is how long somebody needs who watches a step.
func (o Outcome) reading() time.Duration {
	words := o.Step.Text
	switch o.Step.Kind {
	case Bot, BotEdits:
		words = o.Said
	case Buttons, Without, Nothing, Anything, Never:
		return glance / 2
	}
	letters := max(utf8.RuneCountInString(words), utf8.RuneCountInString(o.Step.Gloss))
	return min(glance+time.Duration(letters)*letter, longest)
}

// perform plays the step with this index. before is what the script does not expect of the steps before it.
func (s *Stage) perform(ctx context.Context, at int) (outcome Outcome, before error) {
	step := s.script.Steps[at]
	outcome.Step = step
	if step.Acts() && !step.Meanwhile && at > 0 {
		before = s.allExpected()
	}
	err := s.playStep(ctx, step, s.script.endsAt(at))
	if err == nil && at+1 == len(s.script.Steps) {
		err = errors.Join(s.allExpected(), s.noViolations())
	}
	if err != nil {
		outcome.spoil(err)
	}
	s.see(&outcome)
	return outcome, before
}

// see says where a step is to be seen, and by whom: in a group by whoever acts, or else by whoever was the last to look
// at something, if that is one of its members.
func (s *Stage) see(outcome *Outcome) {
	step := outcome.Step
	outcome.Person, outcome.Chat, outcome.Thread = s.seen.person, s.seen.chat, s.seen.thread
	switch step.Kind {
	case Bot, BotEdits, Card:
		outcome.Said = s.looked().Text
	case Say, Edit, Press, PressOld, ForgeButton, ForgeData, Vote:
		step.Place = step.own()
	}
	if step.Place.IsZero() {
		return
	}
	chat, thread, err := s.chatOf(step.Place)
	if err != nil {
		return
	}
	person := chat
	if step.Place.Person == "" {
		if person = s.people[step.Who]; person == 0 {
			person = s.memberOf(chat)
		}
	}
	s.seen = sight{person, chat, thread}
	outcome.Person, outcome.Chat, outcome.Thread = person, chat, thread
}

// sight is who sees which chat.
type sight struct {
	person, chat int64
	thread       int
}

// memberOf is the person who saw something last, if that is a member of the chat, or else the first member of it.
func (s *Stage) memberOf(chat int64) int64 {
	for _, group := range s.telegram.Groups() {
		if group.ID != chat || len(group.Members) == 0 {
			continue
		}
		for _, member := range group.Members {
			if member == s.seen.person {
				return member
			}
		}
		return group.Members[0]
	}
	return s.seen.person
}

// looked is the message that an expectation has looked at last.
func (s *Stage) looked() sim.Shown {
	for _, message := range s.messages(s.watch.looked.chat) {
		if message.ID == s.watch.looked.id {
			return message
		}
	}
	return sim.Shown{}
}

// kept are the steps that have been played, as a script that holds: where one of them was not as the script says, all
// that was expected together with it is left open.
func (p Progress) kept(steps []Step) []Step {
	var kept []Step
	for from := 0; from < len(p.Outcomes); {
		to, bad := from+1, p.Outcomes[from].Reason != ""
		for to < len(p.Outcomes) && !steps[to].Acts() {
			bad = bad || p.Outcomes[to].Reason != ""
			to++
		}
		if bad {
			if steps[from].Acts() {
				kept = append(kept, steps[from])
			}
			kept = append(kept, Step{Kind: Anything})
		} else {
			kept = append(kept, steps[from:to]...)
		}
		from = to
	}
	return kept
}

package story

import (
	"fmt"

	"github.com/rembuk/rembuk/sim"
)

// actOnMembership is people and the bot coming and going, and groups changing.
func (s *Stage) actOnMembership(step Step) error {
	person := s.people[step.Who]
	switch step.Kind {
	case Block:
		s.telegram.Block(person)
		return nil
	case Unblock:
		s.telegram.Unblock(person)
		return nil
	case Vanish:
		s.telegram.Deactivate(person)
		return nil
	}
	chat, thread, err := s.chatOf(step.Place)
	if err != nil {
		return err
	}
	switch step.Kind {
	case Join:
		s.telegram.Join(chat, person)
	case Leave:
		s.telegram.Leave(chat, person)
	case Add:
		s.telegram.Invite(chat, s.people[step.Whom], person)
	case TakeOut:
		s.telegram.Expel(chat, s.people[step.Whom], person)
	case AddBot:
		s.telegram.AddBot(chat, person)
	case RemoveBot:
		s.telegram.RemoveBot(chat, person)
	case Promote, Demote:
		if step.Who == "" {
			person = s.telegram.BotID()
		}
		s.telegram.Promote(chat, person, step.Kind == Promote)
	case Upgrade:
		grown := s.telegram.Migrate(chat)
		s.groups[step.Place.Group].chat = grown
		s.chats[grown] = Place{Group: step.Place.Group}
	case DropTopic:
		s.telegram.DeleteTopic(chat, thread)
	default:
		return fmt.Errorf("nothing is known about how %q happens", step.Kind)
	}
	return nil
}

// order orders a fault of the local Telegram.
func (s *Stage) order(step Step) error {
	fault := sim.Fault{Method: step.Method, Times: step.Times, RetryAfter: 1}
	if step.Method == "any" {
		fault.Method = ""
	}
	if !step.Place.IsZero() {
		chat, _, err := s.chatOf(step.Place)
		if err != nil {
			return err
		}
		fault.Chat = chat
	}
	fault.Kind = map[string]sim.FaultKind{"429": sim.Error429, "500": sim.Error500,
		"broken before": sim.BreakBefore, "broken after": sim.BreakAfter}[step.Failure]
	s.telegram.Fail(fault)
	s.faulty = true
	return nil
}

package story

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

// vote chooses options of a poll, in place of what the person chose before.
func (s *Stage) vote(step Step) error {
	chat, _, err := s.chatOf(step.own())
	if err != nil {
		return err
	}
	message, found := s.meant(chat, step, func(message sim.Shown) bool {
		_, fits := optionsOf(message, step.Buttons)
		return fits
	})
	if !found {
		return fmt.Errorf("no poll with %q %s has the options [%s]", step.On, step.own(), strings.Join(step.Buttons, "] ["))
	}
	chosen, _ := optionsOf(message, step.Buttons)
	return s.telegram.Vote(s.people[step.Who], chat, message.ID, chosen...)
}

// optionsOf are the places of the options with these labels in a poll; false if it
// lacks one, or is no poll.
func optionsOf(message sim.Shown, labels []string) (places []int, fits bool) {
	if message.Poll == nil {
		return nil, false
	}
	for _, label := range labels {
		at := slices.IndexFunc(message.Poll.Options, func(option sim.PollOption) bool { return labelFits(label, option.Text) })
		if at < 0 {
			return nil, false
		}
		places = append(places, at)
	}
	return places, true
}

// messages are the messages of a chat as a story reads them.
func (s *Stage) messages(chat int64) []sim.Shown {
	messages := readable(s.telegram.Messages(chat))
	if s.Repeats {
		return withoutRepeated(messages)
	}
	return messages
}

// readable gives polls words, which are their question and each option with the
// number of its votes. One that was closed counts as edited.
func readable(messages []sim.Shown) []sim.Shown {
	for i := range messages {
		message := &messages[i]
		if message.Poll == nil {
			continue
		}
		lines := []string{message.Poll.Question}
		for _, option := range message.Poll.Options {
			lines = append(lines, fmt.Sprintf("%s: %d", option.Text, option.Voters))
		}
		if message.Poll.Closed {
			lines = append(lines, "(closed)")
			message.Edits++
			message.Edited = true
		}
		message.Text = strings.Join(lines, "\n")
	}
	return messages
}

package story

import (
	"fmt"
	"slices"

	"github.com/rembuk/rembuk/sim"
)

func (s *Stage) actOnButton(step Step) error {
	chat, _, err := s.chatOf(step.own())
	if err != nil {
		return err
	}
	switch step.Kind {
	case PressOld:
		return s.pressOld(step, chat)
	case Press:
		if step.Meanwhile { // what the others do meanwhile is not on this phone's screen yet
			return s.pressOld(step, chat)
		}
		return s.press(step, chat)
	case ForgeButton:
		return s.forge(step, chat)
	case ForgeData:
		return s.pressData(step, chat, step.Text)
	}
	return fmt.Errorf("nothing is known about how %q happens", step.Kind)
}

func (s *Stage) press(step Step, chat int64) error {
	var button sim.Button
	message, found := s.meant(chat, step, func(message sim.Shown) bool {
		var shown bool
		button, shown = buttonOf(message, step.Buttons[0])
		return message.Bot && shown
	})
	if !found {
		return fmt.Errorf("no message with %q %s has a button [%s]", step.On, step.own(), step.Buttons[0])
	}
	if button.URL != "" {
		return s.followButton(step.Who, button.URL)
	}
	id, err := s.telegram.Press(chat, message.ID, s.people[step.Who], button.Text)
	s.pressed(step.Who, id)
	return err
}

func buttonOf(message sim.Shown, named string) (button sim.Button, found bool) {
	for _, button := range slices.Concat(message.Buttons...) {
		if labelFits(named, button.Text) {
			return button, true
		}
	}
	return sim.Button{}, false
}

func (s *Stage) pressed(who, id string) {
	s.watch.presses = append(s.watch.presses, press{who: who, id: id})
}

// pressOld presses a button that a message of the bot once had, as a phone does that has not seen the edit yet.
func (s *Stage) pressOld(step Step, chat int64) error {
	message, data, found := s.latestData(chat, step, step.Buttons[0])
	if !found {
		return fmt.Errorf("no message with %q %s ever had a button [%s]", step.On, step.own(), step.Buttons[0])
	}
	s.pressed(step.Who, s.telegram.PressData(chat, message.ID, s.people[step.Who], data))
	return nil
}

// latestData finds the latest message that shows or has shown the button, and what that sends.
func (s *Stage) latestData(chat int64, step Step, named string) (message sim.Shown, data string, found bool) {
	message, found = s.meant(chat, step, func(message sim.Shown) bool {
		data = s.watch.data(messageKey{chat, message.ID}, named)
		return data != ""
	})
	return message, data, found
}

// forge sends, from where the person is, what a button that somebody else sees would send.
func (s *Stage) forge(step Step, chat int64) error {
	theirs, _, err := s.chatOf(step.Of)
	if err != nil {
		return err
	}
	_, data, found := s.latestData(theirs, Step{}, step.Buttons[0])
	if !found {
		return fmt.Errorf("no button [%s] was ever shown %s", step.Buttons[0], step.Of)
	}
	return s.pressData(step, chat, data)
}

// pressData presses with any data at all on the latest message of the bot.
func (s *Stage) pressData(step Step, chat int64, data string) error {
	message, found := s.latest(chat, "", s.fromBot)
	if !found {
		return fmt.Errorf("there is no message of the bot %s to press on", step.own())
	}
	s.pressed(step.Who, s.telegram.PressData(chat, message.ID, s.people[step.Who], data))
	return nil
}

package story

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

var errSilent = errors.New("the bot has said nothing more")

// expectInTime is expect, but after a fault it waits: the bot tries again in real time, when it thinks right.
func (s *Stage) expectInTime(ctx context.Context, step Step) error {
	waiting, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	changed, done := s.telegram.Subscribe()
	defer done()
	for {
		err := s.expect(step)
		if !s.faulty || !errors.Is(err, errSilent) {
			return err
		}
		select {
		case <-changed:
		case <-waiting.Done():
			return err
		}
		if err := s.quiet(ctx); err != nil {
			return err
		}
	}
}

// expect compares what the step expects with what the bot has said.
func (s *Stage) expect(step Step) error {
	switch step.Kind {
	case Bot, BotEdits:
		return s.expectMessage(step)
	case Card:
		return s.expectCard(step)
	case Buttons, Without:
		return s.expectButtons(step)
	case Toast, OneToast:
		return s.expectToast(step)
	case Nothing:
		return s.expectNothing(step)
	case Never:
		return s.expectNever(step)
	}
	return s.expectAnything(step)
}

func (s *Stage) expectMessage(step Step) error {
	chat, _, err := s.chatOf(step.Place)
	if err != nil {
		return err
	}
	next := s.watch.next
	if step.Kind == BotEdits {
		next = func(chat int64) (sim.Shown, bool) { return s.watch.nextEdited(chat, step.Text) }
	}
	message, found := next(chat)
	if !found {
		return fmt.Errorf("%w %s", errSilent, step.Place)
	}
	s.watch.looked = messageKey{chat, message.ID}
	if where := s.whereabouts(message); where != step.Place {
		return &Otherwise{"it was said elsewhere", said(where, message)}
	}
	if !matches(step.Text, message.Text) {
		return &Otherwise{"the bot said otherwise", said(step.Place, message)}
	}
	if file := message.Media; len(step.Files) > 0 && (file == nil || file.Name != step.Files[0] || step.Media != "" && step.Media != mediaOf(message.Kind)) {
		return &Otherwise{"it does not send the file " + step.Files[0], said(step.Place, message)}
	}
	if step.Location != "" && (message.Location == nil || message.Location.String() != readLocation(step.Location).String()) {
		return &Otherwise{"it does not send the location " + step.Location, said(step.Place, message)}
	}
	if step.On == "" {
		return nil
	}
	for _, earlier := range s.messages(chat) {
		if earlier.ID == message.ReplyTo && matches(step.On, earlier.Text) {
			return nil
		}
	}
	return &Otherwise{fmt.Sprintf("it does not reply to a message with %q", step.On), said(step.Place, message)}
}

func (s *Stage) expectCard(step Step) error {
	chat, _, err := s.chatOf(step.Place)
	if err != nil {
		return err
	}
	message, found := s.latest(chat, "", func(message sim.Shown) bool { return s.isCard(message, step.On) })
	if !found {
		return fmt.Errorf("there is no card %q %s", step.On, step.Place)
	}
	s.watch.looked = messageKey{chat, message.ID}
	if !matches(step.Text, message.Text) {
		return &Otherwise{"it stands otherwise now", said(step.Place, message)}
	}
	return nil
}

// isCard reports whether the message is the card of the thing with this name: one of its lines begins with the name,
// and it has, or once had, buttons.
func (s *Stage) isCard(message sim.Shown, name string) bool {
	if !message.Bot || len(s.watch.labels[messageKey{message.Chat, message.ID}]) == 0 {
		return false
	}
	for line := range strings.Lines(message.Text) {
		words := joinWords(line)
		if strings.HasPrefix(words, name) && !insideWord(words, len(name)) {
			return true
		}
	}
	return false
}

func (s *Stage) expectButtons(step Step) error {
	for _, message := range s.messages(s.watch.looked.chat) {
		if message.ID != s.watch.looked.id {
			continue
		}
		labels := labelsOf(message)
		if step.Kind == Buttons && sameLabels(step.Buttons, labels) || step.Kind == Without && noneOf(step.Buttons, labels) {
			return nil
		}
		return &Otherwise{"the message has other buttons", bracket(labels)}
	}
	return fmt.Errorf("no message was looked at before this line")
}

// sameLabels compares labels in their order; an expected [...] stands for any number of them.
func sameLabels(expected, labels []string) bool {
	if len(expected) == 0 {
		return len(labels) == 0
	}
	if expected[0] != "..." {
		return len(labels) > 0 && labelFits(expected[0], labels[0]) && sameLabels(expected[1:], labels[1:])
	}
	for skip := range len(labels) + 1 {
		if sameLabels(expected[1:], labels[skip:]) {
			return true
		}
	}
	return false
}

// noneOf reports whether none of the named buttons is there; without names, whether there is no button at all.
func noneOf(named, labels []string) bool {
	if len(named) == 0 {
		return len(labels) == 0
	}
	return !slices.ContainsFunc(named, func(name string) bool {
		return slices.ContainsFunc(labels, func(label string) bool { return labelFits(name, label) })
	})
}

func (s *Stage) expectToast(step Step) error {
	var came []string
	for i, press := range slices.Backward(s.watch.presses) {
		if press.read || step.Who != "" && step.Who != press.who {
			continue
		}
		answer, _ := s.telegram.Toast(press.id)
		came = append(came, fmt.Sprintf("%s was told %q", press.who, answer.Text))
		if matches(step.Text, answer.Text) && (answer.Text != "") == (step.Text != "") {
			s.watch.presses[i].read = true
			return nil
		}
		if step.Kind == Toast {
			break
		}
	}
	if came == nil {
		return fmt.Errorf("nobody pressed a button that was answered here")
	}
	return &Otherwise{"the press was answered otherwise", strings.Join(came, "; ")}
}

// chats lists the chats that an expectation is about: one, or all of the cast.
func (s *Stage) chatsOf(place Place) ([]int64, error) {
	if place.IsZero() {
		var all []int64
		for chat := range s.chats {
			all = append(all, chat)
		}
		return all, nil
	}
	chat, _, err := s.chatOf(place)
	return []int64{chat}, err
}

func (s *Stage) expectNothing(step Step) error {
	chats, err := s.chatsOf(step.Place)
	if err != nil {
		return err
	}
	for _, chat := range chats {
		for _, message := range s.watch.unread[chat] {
			return &Otherwise{"the bot has said something", said(s.whereabouts(message), message)}
		}
	}
	return nil
}

// expectNever looks through all that the bot has said, as it stands now.
func (s *Stage) expectNever(step Step) error {
	chats, err := s.chatsOf(step.Place)
	if err != nil {
		return err
	}
	for _, chat := range chats {
		if message, found := s.latest(chat, step.On, s.fromBot); found {
			return &Otherwise{"the bot has said it", said(s.whereabouts(message), message)}
		}
	}
	return nil
}

func (s *Stage) expectAnything(step Step) error {
	chats, err := s.chatsOf(step.Place)
	for _, chat := range chats {
		s.watch.drop(chat)
	}
	return err
}

// sends says what a message brings beside its words.
func (s *Step) sends(message sim.Shown) {
	if file := message.Media; file != nil {
		s.Files, s.Media = []string{file.Name}, mediaOf(message.Kind)
	}
	if message.Location != nil {
		s.Location = message.Location.String()
	}
}

// said writes a message of the bot as a script would expect it.
func said(place Place, message sim.Shown) string {
	expected := Step{Kind: Bot, Place: place, Text: message.Text}
	expected.sends(message)
	lines := expected.String()
	if labels := labelsOf(message); labels != nil {
		lines += "\nbuttons " + bracket(labels)
	}
	return indented(lines)
}

func indented(lines string) string { return "    " + strings.ReplaceAll(lines, "\n", "\n    ") }

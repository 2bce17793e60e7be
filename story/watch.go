package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// messageKey names a message on the local Telegram.
type messageKey struct {
	chat int64
	id   int
}

// watch remembers what the bot has said and what of it the story has expected.
type watch struct {
	edits   map[messageKey]int               // how often a known message had been edited when it was seen last
	labels  map[messageKey]map[string]string // data of every button that a message has ever shown, by label
	unread  map[int64][]sim.Shown            // new messages by chat, in order of arrival
	changed map[int64][]sim.Shown            // edited messages that nothing was expected of yet
	presses []press                          // since somebody last did something
	looked  messageKey                       // the message that buttons are expected of
	told    []happening
}

type press struct {
	who  string
	id   string
	read bool
}

// happening is one line of what really came about.
type happening struct {
	at   time.Time
	step Step
}

func newWatch() watch {
	return watch{edits: map[messageKey]int{}, labels: map[messageKey]map[string]string{},
		unread: map[int64][]sim.Shown{}, changed: map[int64][]sim.Shown{}}
}

// look takes in what the bot has said or edited since the last look, in every chat of the cast.
func (s *Stage) look() error {
	var fresh []sim.Shown
	for chat := range s.chats {
		for _, message := range s.messages(chat) {
			if message.Bot && !message.Deleted && message.Service == "" && s.watch.take(message) {
				fresh = append(fresh, message)
			}
		}
	}
	slices.SortFunc(fresh, func(a, b sim.Shown) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.Chat, b.Chat), cmp.Compare(a.ID, b.ID))
	})
	for _, message := range fresh {
		place := s.whereabouts(message)
		step := Step{Kind: Bot, Place: place, Text: message.Text, Buttons: labelsOf(message)}
		step.sends(message)
		if message.Edited {
			step.Kind = BotEdits
		}
		s.watch.told = append(s.watch.told, happening{s.program.Now(), step})
		if s.Rule == nil {
			continue
		}
		if err := s.Rule(place, message); err != nil {
			return fmt.Errorf("%w, in this message %s: %s", err, place, message.Text)
		}
	}
	return nil
}

// take files a message of the bot; false when there is nothing new about it.
func (w *watch) take(message sim.Shown) bool {
	key := messageKey{message.Chat, message.ID}
	if w.labels[key] == nil {
		w.labels[key] = map[string]string{}
	}
	for _, button := range slices.Concat(message.Buttons...) {
		w.labels[key][button.Text] = button.Data
	}
	edits, known := w.edits[key]
	w.edits[key] = message.Edits
	switch {
	case !known:
		w.unread[message.Chat] = append(w.unread[message.Chat], message)
	case edits == message.Edits:
		return false
	case !replace(w.unread[message.Chat], message) && !replace(w.changed[message.Chat], message):
		w.changed[message.Chat] = append(w.changed[message.Chat], message)
	}
	return true
}

// replace puts the message as it stands now in the place of how it stood.
func replace(messages []sim.Shown, message sim.Shown) bool {
	for i := range messages {
		if messages[i].ID == message.ID {
			messages[i] = message
			return true
		}
	}
	return false
}

// next is the first message of a chat that has not been expected yet.
func (w *watch) next(chat int64) (message sim.Shown, found bool) {
	unread := w.unread[chat]
	if len(unread) == 0 {
		return sim.Shown{}, false
	}
	w.unread[chat] = unread[1:]
	return unread[0], true
}

// nextEdited is a message of a chat that was edited since somebody last did something, and that the pattern fits; when
// none fits, the first.
func (w *watch) nextEdited(chat int64, pattern string) (message sim.Shown, found bool) {
	changed := w.changed[chat]
	if len(changed) == 0 {
		return sim.Shown{}, false
	}
	fitting := max(0, slices.IndexFunc(changed, func(message sim.Shown) bool { return matches(pattern, message.Text) }))
	message = changed[fitting]
	w.changed[chat] = slices.Delete(changed, fitting, fitting+1)
	return message, true
}

func (w *watch) drop(chat int64) {
	delete(w.unread, chat)
	delete(w.changed, chat)
}

func (w *watch) dropAll() {
	clear(w.unread)
	clear(w.changed)
}

// data is what the button of this label sends that a message shows or has shown; empty if it never had one.
func (w *watch) data(key messageKey, named string) string {
	if data := w.labels[key][named]; data != "" {
		return data
	}
	for label, data := range w.labels[key] {
		if data != "" && labelFits(named, label) {
			return data
		}
	}
	return ""
}

func labelsOf(message sim.Shown) []string {
	var labels []string
	for _, button := range slices.Concat(message.Buttons...) {
		labels = append(labels, button.Text)
	}
	return labels
}

// transcript writes what has come about so far, as lines of a script with the hour before each.
func (w *watch) transcript(zone *time.Location) string {
	var lines strings.Builder
	for _, happening := range w.told {
		line := happening.step.String()
		if labels := happening.step.Buttons; !happening.step.Acts() && len(labels) > 0 {
			line += "\n  " + bracket(labels)
		}
		indented := strings.ReplaceAll(line, "\n", "\n"+strings.Repeat(" ", 16))
		fmt.Fprintf(&lines, "  %s %s\n", happening.at.In(zone).Format("Mon 02/01 15.04"), indented)
	}
	return lines.String()
}

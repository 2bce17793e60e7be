package story

import (
	"regexp"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/sim"
)

// lead finds words that lead from a step to the message that an act is about, and how many of the messages with these
// words are to be counted from the latest one on. The fewer the better, and then the shorter.
func lead(messages []sim.Shown, act sim.Act) (words string, back int) {
	at := slices.IndexFunc(messages, func(message sim.Shown) bool { return message.ID == act.Message })
	if at < 0 {
		return "", 0
	}
	var rivals []sim.Shown // from the latest one to the one meant
	for _, message := range slices.Backward(messages[at:]) {
		if !message.Deleted && message.Service == "" && rival(message, messages[at], act) {
			rivals = append(rivals, message)
		}
	}
	for _, candidate := range candidates(messages[at].Text) {
		count := 0
		for _, message := range rivals {
			if matches(candidate, message.Text) {
				count++
			}
		}
		if back == 0 || count < back {
			words, back = candidate, count
		}
	}
	if back == 1 {
		back = 0
	}
	return words, back
}

// rival reports whether a step could mean a message in the place of another, as the act is of a kind.
func rival(message, meant sim.Shown, act sim.Act) bool {
	switch act.Kind {
	case sim.Presses:
		_, shown := buttonOf(message, labelPattern(act.Text))
		return message.Bot && shown
	case sim.Votes:
		_, fits := optionsOf(message, act.Options)
		return fits
	case sim.Edits:
		return message.Person == meant.Person
	}
	return true
}

var reference = regexp.MustCompile(`\b[A-Z]-\d+\b`)

// candidates are words that stand in a text, the best first: a reference, the lines, everything. Any words at all, which
// also stand in a text without words, are the last resort.
func candidates(text string) []string {
	found := []string{}
	if named := reference.FindString(text); named != "" {
		found = append(found, named)
	}
	whole := quotable(text)
	for line := range strings.Lines(text) {
		if line = quotable(line); line != "" {
			found = append(found, shorten(line), line)
		}
	}
	if whole != "" {
		found = append(found, whole)
	}
	return append(found, "...")
}

// quotable is a text as it can stand between quotes.
func quotable(text string) string { return joinWords(strings.ReplaceAll(text, `"`, " ... ")) }

// shorten takes the first words of a line.
func shorten(line string) string {
	const few = 6
	words := strings.Fields(line)
	return strings.Join(words[:min(few, len(words))], " ")
}

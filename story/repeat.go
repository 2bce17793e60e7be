package story

import (
	"slices"

	"github.com/rembuk/rembuk/sim"
)

// withoutRepeated leaves out every message after which the bot says the same once more. An album is repeated as a whole.
func withoutRepeated(messages []sim.Shown) []sim.Shown {
	if !slices.ContainsFunc(messages, func(message sim.Shown) bool { return message.Again != 0 }) {
		return messages
	}
	var left []sim.Shown
	for at, message := range messages {
		if message.Again == 0 || !directlyAgain(messages[at:]) {
			left = append(left, message)
		}
	}
	return left
}

// directlyAgain tells whether the bot says nothing else between the first of these messages and its repetition.
func directlyAgain(messages []sim.Shown) bool {
	first := messages[0]
	again := slices.IndexFunc(messages, func(message sim.Shown) bool { return message.ID == first.Again })
	if again < 0 {
		return false
	}
	for _, between := range messages[1:again] {
		together := between.MediaGroup != "" && (between.MediaGroup == first.MediaGroup || between.MediaGroup == messages[again].MediaGroup)
		if between.Bot && between.Service == "" && !together {
			return false
		}
	}
	return true
}

package bot

import (
	"strings"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// findCopy finds what a message of the bot is about of which Telegram's answer never came,
// so that its number is not known: it has buttons, and names first what a card here is about.
func (r *request) findCopy(reply *models.Message) error {
	if reply.ReplyMarkup == nil || len(reply.ReplyMarkup.InlineKeyboard) == 0 {
		return nil
	}
	text, _ := body(reply)
	for _, reference := range namedFirst(text) {
		cards, err := r.tx.Cards(reference.String())
		if err != nil {
			return err
		}
		for _, card := range cards {
			if card.ChatID == r.chatID {
				r.about, r.aboutAs = reference, card.Kind
				return nil
			}
		}
	}
	return nil
}

// mostNamedFirst is how many references in a message may be that of what it is about.
const mostNamedFirst = 3

// namedFirst gives the first references in a message of the bot; none of a list, which
// begins several lines with one.
func namedFirst(text string) (named []council.Reference) {
	lines := 0
	for line := range strings.Lines(text) {
		for at, word := range strings.Fields(line) {
			reference, known := council.ParseReference(word)
			if !known {
				continue
			}
			if at == 0 {
				lines++
			}
			if len(named) < mostNamedFirst {
				named = append(named, reference)
			}
		}
	}
	if lines > 1 {
		return nil
	}
	return named
}

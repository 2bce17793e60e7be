package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// ask has Fadli ask the council something in the forum, under his name, and
// returns the question's number.
func (c *town) ask(text string) int64 {
	c.t.Helper()
	c.say(c.forum, c.fadli, "/tanya "+text)
	if answer := c.press(c.forum, c.fadli, "Ya"); answer.Text != "Terkirim. Terima kasih." {
		c.t.Fatalf("the question is not sent: %q", answer.Text)
	}
	var questions []council.Question
	c.look(func(tx *store.Tx) (err error) {
		questions, err = tx.Questions(store.QuestionFilter{AskerID: c.member(c.fadli)}, 0, -1)
		return err
	})
	newest := int64(0)
	for _, q := range questions {
		newest = max(newest, q.Number)
	}
	c.hush()
	return newest
}

// asked reads a question as it is kept.
func (c *town) asked(number int64) (q council.Question) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		q, err = tx.Question(number)
		return err
	})
	return q
}

// newest finds the newest message of a chat with these words and this button; ""
// asks for no button.
func (c *town) newest(chat int64, words, button string) (sim.Shown, bool) {
	messages := c.sim.Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		if m := messages[i]; m.Bot && !m.Deleted && strings.Contains(m.Text, words) && (button == "" || hasButton(m, button)) {
			return m, true
		}
	}
	return sim.Shown{}, false
}

// saidTo are all texts of the bot in a chat that hold these words.
func (c *town) saidTo(chat int64, words string) (found []string) {
	for _, m := range c.sim.Messages(chat) {
		if m.Bot && strings.Contains(m.Text, words) {
			found = append(found, m.Text)
		}
	}
	return found
}

// reply is a person replying to a message of a chat.
func (c *town) reply(chat, person int64, message int, text string) []sim.Shown {
	c.t.Helper()
	return c.write(sim.Message{Chat: chat, Person: person, Text: text, ReplyTo: message})
}

// replyNewest is a person replying to the newest message of the bot in a chat with these words.
func (c *town) replyNewest(chat, person int64, words, text string) {
	c.t.Helper()
	if message, found := c.newest(chat, words, ""); found {
		c.reply(chat, person, message.ID, text)
	}
}

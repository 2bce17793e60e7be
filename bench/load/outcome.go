package load

import "github.com/rembuk/rembuk/sim"

// Outcome is what came of the commands. Nothing but Commands may be above 0,
// except SaidTwice after the line broke or the program was killed.
type Outcome struct {
	Commands   int
	Lost       int // commands without a task in the database or without a card in the chat
	DoneTwice  int // tasks beyond the first for one command
	SaidTwice  int // cards beyond the first for one task
	OutOfOrder int // cards that came before the card of an earlier command of their chat
}

// Bad tells whether something happened that never may.
func (o Outcome) Bad() bool { return o.Lost > 0 || o.DoneTwice > 0 || o.OutOfOrder > 0 }

// Outcome compares what was written with the chats and with the database.
// tasks is how many tasks of each title the database holds.
func (c *City) Outcome(tasks map[string]int) Outcome {
	outcome := Outcome{Commands: len(c.said)}
	cards := map[string]int{}
	for _, group := range c.groups {
		for title, count := range outcome.read(c.Telegram.Messages(group)) {
			cards[title] += count
		}
	}
	for _, command := range c.said {
		if tasks[command.title] == 0 || cards[command.title] == 0 {
			outcome.Lost++
		}
		outcome.DoneTwice += max(0, tasks[command.title]-1)
		outcome.SaidTwice += max(0, cards[command.title]-1)
	}
	return outcome
}

// read counts the cards of one chat by title, and those of them that came too
// early. Of a repeated card the first counts: titles grow in the order in which
// they were written.
func (o *Outcome) read(messages []sim.Shown) map[string]int {
	cards := map[string]int{}
	var order []string
	for _, message := range messages {
		title := titleOf(message)
		if title == "" {
			continue
		}
		if cards[title]++; cards[title] == 1 {
			order = append(order, title)
		}
	}
	earliest := ""
	for at := len(order) - 1; at >= 0; at-- {
		if earliest != "" && order[at] > earliest {
			o.OutOfOrder++
		} else {
			earliest = order[at]
		}
	}
	return cards
}

// titleOf is the title in a message of the bot with buttons, which is what a
// card is; empty for every other message.
func titleOf(message sim.Shown) string {
	if !message.Bot || len(message.Buttons) == 0 {
		return ""
	}
	return titleShape.FindString(message.Text)
}

// Answered counts the commands that have their card.
func (c *City) Answered() int {
	answered := 0
	for _, group := range c.groups {
		answered += len(new(Outcome).read(c.Telegram.Messages(group)))
	}
	return answered
}

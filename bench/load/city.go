// Package load is a city whose people write to a bot all at once. It makes the
// groups and the commands, watches how soon they are answered, and tells what
// came of each. It knows nothing of the bot but what a chat shows.
package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// City is one coordinator with groups of which each has the bot inside. Its
// methods are called by one goroutine at a time.
type City struct {
	Telegram *sim.Server
	Owner    int64 // Telegram id of the coordinator, who writes every command
	groups   []int64
	said     []command
	random   *rand.Rand
}

// command is one order for a task. Its title is found again in the answer and
// in the database.
type command struct {
	chat  int64
	title string
}

// titleShape finds the titles of commands in any text.
var titleShape = regexp.MustCompile(`item-[0-9]{7}`)

// NewCity fills a local Telegram with supergroups. The seed decides in which
// order the groups write, and the deadlines.
func NewCity(telegram *sim.Server, groups int, seed uint64) *City {
	c := &City{Telegram: telegram, random: rand.New(rand.NewPCG(seed, 0))}
	c.Owner = telegram.Person(sim.Person{FirstName: "Ibu Ratna", Username: "ratna_contoh", LanguageCode: "id"})
	for number := range groups {
		group := telegram.Group(sim.Group{Title: fmt.Sprintf("Pokja %d", number+1), Supergroup: true, Members: []int64{c.Owner}})
		telegram.AddBot(group, c.Owner)
		c.groups = append(c.groups, group)
	}
	c.random.Shuffle(groups, func(i, j int) { c.groups[i], c.groups[j] = c.groups[j], c.groups[i] })
	return c
}

// Link makes every group a working group. Commands that follow in a group are
// handled after that, as everything in a chat.
func (c *City) Link() {
	for _, group := range c.groups {
		c.Telegram.Say(sim.Message{Chat: group, Person: c.Owner, Text: "/hubungkan pokja lingkungan"})
	}
}

// Say writes the next commands, in one group after the other.
func (c *City) Say(count int) {
	for range count {
		c.say()
	}
}

// say writes one command and returns its title.
func (c *City) say() string {
	next := command{c.groups[len(c.said)%len(c.groups)], fmt.Sprintf("item-%07d", len(c.said)+1)}
	day := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, c.random.IntN(365))
	c.said = append(c.said, next)
	c.Telegram.Say(sim.Message{Chat: next.chat, Person: c.Owner, Text: "/tugas_baru " + next.title + " tenggat " + day.Format(time.DateOnly)})
	return next.title
}

// Ready writes one command in every group and waits until all are answered:
// from then on the bot knows the groups and is at rest.
func (c *City) Ready(ctx context.Context) error {
	c.Say(len(c.groups))
	err := c.Wait(ctx, func() bool { return c.Telegram.PollWaiting() && c.Answered() == len(c.said) })
	if err != nil {
		return fmt.Errorf("first command of every group: %w", err)
	}
	return nil
}

// Commands is how many commands were written.
func (c *City) Commands() int { return len(c.said) }

// Sends is how many messages the bot has sent or tried to send.
func (c *City) Sends() int { return c.Telegram.Counts()["sendMessage"] }

// Wait looks at a condition whenever something has changed until it holds or
// the context is done, and then returns why it is.
func (c *City) Wait(ctx context.Context, condition func() bool) error {
	changed, cancel := c.Telegram.Subscribe()
	defer cancel()
	for !condition() {
		select {
		case <-changed:
		case <-time.After(5 * time.Millisecond): // a call is counted a little after what it changed
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

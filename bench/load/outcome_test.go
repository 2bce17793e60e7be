package load

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/sim"
)

// TestOutcome lets a bot misbehave in each of the ways that are looked for.
func TestOutcome(t *testing.T) {
	once := map[string]int{"item-0000001": 1, "item-0000002": 1, "item-0000003": 1}
	for _, row := range []struct {
		name  string
		cards []string // in the chat, in this order
		tasks map[string]int
		want  Outcome
	}{
		{"all well", []string{"item-0000001", "item-0000002", "item-0000003"}, once, Outcome{}},
		{"no card", []string{"item-0000001", "item-0000003"}, once, Outcome{Lost: 1}},
		{"no task", []string{"item-0000001", "item-0000002", "item-0000003"}, map[string]int{"item-0000001": 1, "item-0000003": 1}, Outcome{Lost: 1}},
		{"two tasks", []string{"item-0000001", "item-0000002", "item-0000003"}, map[string]int{"item-0000001": 3, "item-0000002": 1, "item-0000003": 1}, Outcome{DoneTwice: 2}},
		{"a card again, later", []string{"item-0000001", "item-0000002", "item-0000001", "item-0000003"}, once, Outcome{SaidTwice: 1}},
		{"the last comes first", []string{"item-0000003", "item-0000001", "item-0000002"}, once, Outcome{OutOfOrder: 1}},
		{"the first comes last", []string{"item-0000002", "item-0000003", "item-0000001"}, once, Outcome{OutOfOrder: 2}},
	} {
		t.Run(row.name, func(t *testing.T) {
			city := NewCity(sim.New(sim.Options{}), 1, 1)
			city.Say(3)
			bot := &botHand{city: city}
			for _, title := range row.cards {
				bot.send(t, title)
			}
			row.want.Commands = 3
			if difference := cmp.Diff(row.want, city.Outcome(row.tasks)); difference != "" {
				t.Error(difference)
			}
		})
	}
}

// TestAnswersWithoutButtonsAreNoCards: only a card shows that a task was made.
func TestAnswersWithoutButtonsAreNoCards(t *testing.T) {
	city := NewCity(sim.New(sim.Options{}), 1, 1)
	city.Say(1)
	bot := &botHand{city: city}
	bot.sendPlain(t, "item-0000001")
	if city.Answered() != 0 {
		t.Error("a message without buttons counts as a card")
	}
	bot.send(t, "item-0000001")
	if city.Answered() != 1 {
		t.Error("a card does not count")
	}
}

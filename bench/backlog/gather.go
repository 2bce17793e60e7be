package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// plan is what a run does.
type plan struct {
	updates, groups int
	kill            bool
	only            string
	untimed         bool // see table.Untimed
}

// kind is what somebody does while the program is away.
type kind string

const (
	talk  kind = "talk"  // among each other, in a group
	press kind = "press" // a button below a card of the bot
	order kind = "order" // for a new task, in a group
	reply kind = "reply" // to a card of the bot, in a group
	list  kind = "list"  // of one's own tasks, in private
	state kind = "state" // of a group, there
)

// part is how many of a hundred updates are of a kind.
type part struct {
	kind kind
	of   int
}

var mixed = []part{{talk, 50}, {press, 15}, {reply, 15}, {order, 8}, {list, 6}, {state, 6}}

func kinds() (names []string) {
	for _, part := range mixed {
		names = append(names, string(part.kind))
	}
	return names
}

// parts are what waits; nil when there is no such kind.
func (p plan) parts() []part {
	if p.only == "" {
		return mixed
	}
	for _, one := range mixed {
		if string(one.kind) == p.only {
			return []part{{one.kind, 100}}
		}
	}
	return nil
}

// deed is one update that waits for the program.
type deed struct {
	kind   kind
	chat   int64
	person int64
	id     int    // of the message; of a press the one that has the button
	mark   string // by which it is found in the trail: a title, or words; of a press what the button carries
	press  string // its id
}

// How many people are in a group, and how many of these have given an order before.
const (
	peopleInAGroup = 30
	ordersInAGroup = 8
)

// town are the groups and people, and what they did while the program was away.
type town struct {
	telegram *sim.Server
	random   *rand.Rand
	owner    int64
	groups   []int64
	people   [][]int64 // of each group
	cards    []card
	deeds    []deed
	gathered int // so many of the deeds were done before the program started
	marks    int
}

// card is a message of the bot with buttons, and how often one was pressed.
type card struct {
	group   int // its number in the town
	id      int
	take    string // what the button carries with which the task is taken
	history string // and the one that shows what has happened
	pressed int
}

func newTown(telegram *sim.Server, groups int) *town {
	t := &town{telegram: telegram, random: rand.New(rand.NewPCG(1, 0))}
	t.owner = telegram.Person(sim.Person{FirstName: "Ibu Ratna", Username: "ratna_contoh", LanguageCode: "id"})
	for number := range groups {
		var people []int64
		for one := range peopleInAGroup {
			people = append(people, telegram.Person(sim.Person{FirstName: nameOf(number, one), LanguageCode: "id"}))
		}
		group := telegram.Group(sim.Group{Title: fmt.Sprintf("Pokja %d", number+1), Supergroup: true, Members: append([]int64{t.owner}, people...)})
		telegram.AddBot(group, t.owner)
		telegram.Promote(group, telegram.BotID(), true) // else Telegram would not show it the talk
		t.groups, t.people = append(t.groups, group), append(t.people, people)
	}
	return t
}

func nameOf(group, one int) string { return fmt.Sprintf("Warga %d-%d", group+1, one+1) }

// fill makes everybody known who has not written yet, in a database whose program does not run.
func (t *town) fill(ctx context.Context, opened *store.Store) error {
	return opened.Update(ctx, func(tx *store.Tx) error {
		for number, people := range t.people {
			for one, id := range people {
				person, err := tx.Seen(id, nameOf(number, one), "", locale.Indonesian, time.Now())
				if err != nil {
					return err
				}
				if err := errors.Join(tx.SetReach(person.ID, council.ReachOpen), tx.SeenIn(person.ID, t.groups[number])); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// settle lets the groups be linked, and some people of each give an order, while the
// program runs.
func (t *town) settle() {
	for number, group := range t.groups {
		t.telegram.Say(sim.Message{Chat: group, Person: t.owner, Text: "/hubungkan pokja lingkungan"})
		for _, person := range t.people[number][:ordersInAGroup] {
			t.order(number, person)
		}
	}
	t.deeds = nil // these do not wait
}

// find finds the cards in the groups.
func (t *town) find() error {
	for number, group := range t.groups {
		for _, message := range t.telegram.Messages(group) {
			found := card{group: number, id: message.ID}
			for _, row := range message.Buttons {
				for _, button := range row {
					if task, takes := strings.CutPrefix(button.Data, "1:take:"); takes {
						found.take, found.history = button.Data, "1:hist:"+task+":0"
					}
				}
			}
			if found.take != "" {
				t.cards = append(t.cards, found)
			}
		}
	}
	if len(t.cards) != len(t.groups)*ordersInAGroup {
		return fmt.Errorf("%d cards with a button to take the task", len(t.cards))
	}
	return nil
}

// gather lets people do things while the program is away.
func (t *town) gather(p plan) {
	parts := p.parts()
	for range p.updates {
		dice := t.random.IntN(100)
		for _, part := range parts {
			if dice -= part.of; dice < 0 {
				t.act(part.kind)
				break
			}
		}
	}
	t.gathered = len(t.deeds)
}

func (t *town) act(what kind) {
	number := t.random.IntN(len(t.groups))
	group, person := t.groups[number], t.people[number][t.random.IntN(peopleInAGroup)]
	switch what {
	case talk:
		t.say(what, group, person, 0, "", "besok kita bertemu di kantor pukul sembilan, bahan rapat sudah saya siapkan di meja depan")
	case press:
		t.press()
	case order:
		t.order(number, person)
	case reply:
		card := t.cards[t.random.IntN(len(t.cards))]
		people := t.people[card.group]
		mark := t.mark()
		t.say(what, t.groups[card.group], people[t.random.IntN(len(people))], card.id, mark, "data "+mark+" sudah saya minta ke kelurahan")
	case list:
		t.say(what, person, person, 0, "", "/tugas")
	case state:
		t.say(what, group, person, 0, "", "/status")
	}
}

func (t *town) mark() string {
	t.marks++
	return fmt.Sprintf("item-%07d", t.marks)
}

func (t *town) order(number int, person int64) {
	mark := t.mark()
	day := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, t.random.IntN(365))
	t.say(order, t.groups[number], person, 0, mark, "/tugas_baru "+mark+" tenggat "+day.Format(time.DateOnly))
}

func (t *town) say(what kind, chat, person int64, replyTo int, mark, text string) {
	id := t.telegram.Say(sim.Message{Chat: chat, Person: person, ReplyTo: replyTo, Text: text})
	t.deeds = append(t.deeds, deed{kind: what, chat: chat, person: person, id: id, mark: mark})
}

// press presses a button below any card: first the one that takes the task, then the one
// that shows what has happened.
func (t *town) press() (pressID string) {
	card := &t.cards[t.random.IntN(len(t.cards))]
	people := t.people[card.group]
	pressed := deed{kind: press, chat: t.groups[card.group], person: people[t.random.IntN(len(people))], id: card.id, mark: card.history}
	if card.pressed == 0 {
		pressed.mark = card.take
	}
	card.pressed++
	pressed.press = t.telegram.PressData(pressed.chat, pressed.id, pressed.person, pressed.mark)
	t.deeds = append(t.deeds, pressed)
	return pressed.press
}

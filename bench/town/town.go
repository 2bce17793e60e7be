// Package town is a town of people who do many things at once with the bot,
// while the bot is killed again and again. What each act must have led to is
// written down when it is done; afterwards it is compared with what the bot's
// database holds and with everything that it has ever sent.
//
// A seed decides who does what, and at which send the bot is killed. People act
// in rounds: all at once, then the bot is left alone until it is done, however often it
// is killed meanwhile. So what they see, and hence do, is the same each time.
package town

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// Town is everybody who lives in it, and what they have done. Its methods are
// called by one goroutine.
type Town struct {
	telegram    *sim.Server
	wire        *Wire
	random      *rand.Rand
	owner       person
	people      []person
	council     group
	working     []group
	communities []group
	scenes      []scene
	acts        []act
	marks       int
	minute      int // how many minutes after the first start the program's clock began this time
}

// person is somebody with a name that can be mentioned.
type person struct {
	id    int64
	name  string // with @
	busy  bool   // is asked something by the bot in private
	ideas int    // given
}

// group is a linked group with the people in it, by their place in Town.people.
type group struct {
	chat    int64
	title   string
	members []int
}

// scene is one thing that people do with the bot, step by step.
type scene interface {
	// step does what comes next, if it is time for that; false when nothing is left to do.
	step(*Town) bool
}

// newTown fills a local Telegram.
func newTown(telegram *sim.Server, wire *Wire, size Size, seed uint64) *Town {
	t := &Town{telegram: telegram, wire: wire, random: rand.New(rand.NewPCG(seed, 0))}
	t.owner = t.person("Ratna", 0)
	for number := range size.People {
		t.people = append(t.people, t.person("Warga", number+1))
	}
	third := size.People / 3
	t.council = t.group("Dewan", share(0, size.People, 4))
	for number := range size.Groups { // a third works, a third is of communities, a third is of both
		t.working = append(t.working, t.group(fmt.Sprintf("Pokja %d", number+1), share(number, 2*third, size.Groups)))
		t.communities = append(t.communities, t.group(fmt.Sprintf("Forum %d", number+1), share(third+number, size.People, size.Groups)))
	}
	return t
}

// share are the places of every of-th person from the first one on, before the end.
func share(first, end, of int) (places []int) {
	for place := first; place < end; place += of {
		places = append(places, place)
	}
	return places
}

func (t *Town) person(first string, number int) person {
	username := fmt.Sprintf("%s%d_contoh", strings.ToLower(first), number)
	id := t.telegram.Person(sim.Person{FirstName: first, LastName: fmt.Sprintf("Ke-%d", number), Username: username, LanguageCode: "id"})
	return person{id: id, name: "@" + username}
}

func (t *Town) group(title string, members []int) group {
	chat := t.telegram.Group(sim.Group{Title: title, Supergroup: true, Members: []int64{t.owner.id}})
	return group{chat: chat, title: title, members: members}
}

// linkGroups links the groups and lets everybody come in.
func (t *Town) linkGroups() {
	t.ownerSays("/start")
	t.link(t.council, "dewan")
	for i := range t.working {
		t.link(t.working[i], "pokja lingkungan")
		t.link(t.communities[i], "komunitas")
	}
}

// greet opens everybody's private chat.
func (t *Town) greet() {
	for _, p := range t.people {
		t.telegram.Say(sim.Message{Chat: p.id, Person: p.id, Text: "/start"})
	}
}

func (t *Town) link(g group, as string) {
	t.telegram.AddBot(g.chat, t.owner.id)
	t.telegram.Say(sim.Message{Chat: g.chat, Person: t.owner.id, Text: "/hubungkan " + as})
	for _, place := range g.members {
		t.telegram.Join(g.chat, t.people[place].id)
	}
}

// mark is a word that stands nowhere else.
func (t *Town) mark() string {
	t.marks++
	return fmt.Sprintf("item-%07d", t.marks)
}

// one picks one of some.
func one[T any](t *Town, some []T) T { return some[t.random.IntN(len(some))] }

// free picks somebody of a group whom the bot asks nothing in private, and keeps
// them busy; false when there is nobody.
func (t *Town) free(members []int) (*person, bool) {
	from := t.random.IntN(len(members))
	for i := range members {
		p := &t.people[members[(from+i)%len(members)]]
		if !p.busy {
			p.busy = true
			return p, true
		}
	}
	return nil, false
}

// find is the latest message of the bot in a chat with these words and a button
// whose label begins so.
func (t *Town) find(chat int64, button string, words ...string) (sim.Shown, bool) {
	return t.findAfter(chat, 0, button, words...)
}

// findAfter is find among what came after a message.
func (t *Town) findAfter(chat int64, after int, button string, words ...string) (sim.Shown, bool) {
	messages := t.telegram.Messages(chat)
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.ID > after && m.Bot && !m.Deleted && holds(m.Text, words) && (button == "" || labelOf(m, button) != "") {
			return m, true
		}
	}
	return sim.Shown{}, false
}

// labelOf is the whole label of the button that begins so.
func labelOf(m sim.Shown, begins string) string {
	for _, row := range m.Buttons {
		for _, button := range row {
			if strings.HasPrefix(button.Text, begins) && button.Data != "" {
				return button.Text
			}
		}
	}
	return ""
}

func holds(text string, words []string) bool {
	for _, word := range words {
		if !stands(text, word) {
			return false
		}
	}
	return true
}

// stands tells whether words are in a text; T-1 is not in T-10.
func stands(text, word string) bool {
	for {
		_, behind, found := strings.Cut(text, word)
		if !found {
			return false
		}
		if behind == "" || behind[0] < '0' || behind[0] > '9' || !endsInDigit(word) {
			return true
		}
		text = behind
	}
}

func endsInDigit(word string) bool {
	return word != "" && word[len(word)-1] >= '0' && word[len(word)-1] <= '9'
}

// text is what a message says.
func (t *Town) text(chat int64, id int) string {
	for _, message := range t.telegram.Messages(chat) {
		if message.ID == id {
			return message.Text
		}
	}
	return ""
}

// say is a person writing something that the bot must answer as the act says.
func (t *Town) say(message sim.Message, a act) (id int) {
	id = t.telegram.Say(message)
	t.acts = append(t.acts, a)
	return id
}

// misses notes that a message is not there which the bot was to say before.
func (t *Town) misses(what string, missing answer) {
	t.acts = append(t.acts, act{what: what + " is not to be seen", missing: missing, impossible: true})
}

// press is a person pressing a button of the latest message with these words; false
// when there is none.
func (t *Town) press(chat, by int64, button string, words []string, a act) bool {
	message, found := t.find(chat, button, words...)
	if !found {
		t.misses(a.what+": the button ["+button+"]", in(chat, words...))
		return false
	}
	return t.pressOn(message, by, button, a)
}

// pressOn is a person pressing a button of a message.
func (t *Town) pressOn(message sim.Shown, by int64, button string, a act) bool {
	pressed, err := t.telegram.Press(message.Chat, message.ID, by, labelOf(message, button))
	if err != nil {
		panic("town: a button that is there cannot be pressed: " + err.Error())
	}
	a.pressed = pressed
	t.acts = append(t.acts, a)
	return true
}

// morning is when the first start of the bot is, on its own clock; each start
// after it is a minute later.
var morning = time.Date(2026, 5, 12, 8, 31, 0, 0, time.FixedZone("WITA", 8*60*60))

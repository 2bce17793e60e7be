package town

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestReckoning lets a bot misbehave in each of the ways that are looked for.
func TestReckoning(t *testing.T) {
	said := func(texts ...string) (all []Said) {
		for _, text := range texts {
			all = append(all, Said{Chat: 7, Text: text, Buttons: []string{"Siap"}})
		}
		return all
	}
	row := func(id int64, text string) store.Outgoing {
		return store.Outgoing{ID: id, ChatID: 7, Kind: store.KindMessage, Payload: store.Payload{Text: text}}
	}
	acts := []act{
		{what: "one", effects: []string{"first"}, answers: []answer{directly(7, "item-1").with("Siap")}},
		{what: "two", effects: []string{"second"}, answers: []answer{directly(7, "item-2").with("Siap")}},
	}
	once := map[string]int{"first": 1, "second": 1}
	for _, test := range []struct {
		name     string
		said     []Said
		effects  map[string]int
		underWay []store.Outgoing
		want     string // lost, done twice, said twice, repeated, out of order, left open
		good     bool
	}{
		{"all well", said("item-1", "item-2"), once, nil, "0 0 0 0 0 0", true},
		{"no answer", said("item-1"), once, nil, "1 0 0 0 0 0", false},
		{"an answer without its button", append(said("item-1"), Said{Chat: 7, Text: "item-2"}), once, nil, "1 0 0 0 0 0", false},
		{"an answer to somebody else", append(said("item-1"), Said{Chat: 8, Text: "item-2", Buttons: []string{"Siap"}}), once, nil, "1 0 0 0 0 0", false},
		{"no effect", said("item-1", "item-2"), map[string]int{"first": 1}, nil, "1 0 0 0 0 0", false},
		{"an effect twice", said("item-1", "item-2"), map[string]int{"first": 2, "second": 1}, nil, "0 1 0 0 0 0", false},
		{"an effect of nothing", said("item-1", "item-2"), map[string]int{"first": 1, "second": 1, "third": 1}, nil, "0 1 0 0 0 0", false},
		{"twice, and it was on its way", said("item-1", "item-1", "item-2"), once, []store.Outgoing{row(1, "item-1")}, "0 0 1 0 0 0", true},
		{"twice without a reason", said("item-1", "item-1", "item-2"), once, []store.Outgoing{row(1, "item-2")}, "0 0 1 2 0 0", false},
		{"three times, though it was on its way twice", said("item-1", "item-1", "item-1", "item-2"), once,
			[]store.Outgoing{row(1, "item-1"), row(1, "item-1")}, "0 0 2 1 0 0", false},
		{"in two versions, one of which was on its way", said("item-1", "item-1 now", "item-2"), once, []store.Outgoing{row(1, "item-1")}, "0 0 0 0 0 0", true},
		{"in two versions", said("item-1", "item-1 now", "item-2"), once, nil, "0 0 0 1 0 0", false},
		{"given up, and sent anew with its next face", said("item-1", "item-1", "item-1 now", "item-2"), once,
			[]store.Outgoing{row(1, "item-1"), row(1, "item-1")}, "0 0 1 0 0 0", true},
		{"given up with two faces", said("item-1", "item-1", "item-1 now", "item-1 now", "item-1 then", "item-2"), once,
			[]store.Outgoing{row(1, "item-1"), row(1, "item-1"), row(2, "item-1 now"), row(2, "item-1 now")}, "0 0 2 0 0 0", true},
		{"given up, and too often with its next face", said("item-1", "item-1", "item-1 now", "item-1 then", "item-2"), once,
			[]store.Outgoing{row(1, "item-1"), row(1, "item-1")}, "0 0 1 1 0 0", false},
		{"out of order", said("item-2", "item-1"), once, nil, "0 0 0 0 1 0", false},
		{"on the wire at two ends", said("item-2"), once, []store.Outgoing{row(1, "item-1"), row(1, "item-1")}, "0 0 0 0 0 1", true},
		{"two messages at one end each", said("item-2"), once, []store.Outgoing{row(1, "item-1"), row(2, "item-1")}, "1 0 0 0 0 0", false},
		{"T-1 is not in T-10", said("item-10", "item-2"), once, nil, "1 0 0 0 0 0", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r Result
			r.compare(&Town{telegram: sim.New(sim.Options{}), acts: acts}, Kept{Effects: test.effects}, judge{said: test.said, underWay: test.underWay})
			got := fmt.Sprint(len(r.Lost), len(r.DoneTwice), r.SaidTwice, len(r.Repeated), len(r.OutOfOrder), len(r.LeftOpen))
			if got != test.want || r.Good() != test.good {
				t.Errorf("%s, good: %v; want %s: %+v", got, r.Good(), test.want, r)
			}
		})
	}
}

// TestNoticesOfGivenUpMessagesAreCounted lets a bot say one as often as it was kept, and
// once more.
func TestNoticesOfGivenUpMessagesAreCounted(t *testing.T) {
	notice := Said{Chat: 7, Text: "Pesan yang mungkin tidak sampai karena dua kali terputus: 2."}
	for said, repeated := range map[int]int{1: 0, 2: 0, 3: 1} {
		var r Result
		r.compareCopies(nil, map[int]int{2: 2, 1: 3}, judge{said: slices.Repeat([]Said{notice}, said)})
		if len(r.Repeated) != repeated {
			t.Errorf("said %d times: %q", said, r.Repeated)
		}
	}
}

// TestWhatWasNotToBeSeen is lost, unless what it hangs on was on the wire at two ends.
func TestWhatWasNotToBeSeen(t *testing.T) {
	town := &Town{telegram: sim.New(sim.Options{})}
	person := town.telegram.Person(sim.Person{FirstName: "Baso"})
	town.telegram.Say(sim.Message{Chat: person, Person: person, Text: "halo"})
	if town.press(person, person, "Siap", []string{"item-1"}, act{what: "acknowledges"}) {
		t.Fatal("a button was pressed that is not there")
	}
	var r Result
	r.compare(town, Kept{}, judge{})
	if len(r.Lost) != 1 || !strings.Contains(r.Lost[0], "acknowledges: the button [Siap] is not to be seen") {
		t.Errorf("%q", r.Lost)
	}
	row := store.Outgoing{ID: 1, ChatID: person, Kind: store.KindCard, Payload: store.Payload{Text: "item-1"}}
	r = Result{}
	if r.compare(town, Kept{}, judge{underWay: []store.Outgoing{row, row}}); !r.Good() {
		t.Errorf("%+v", r)
	}
}

// TestAPressMustBeAnswered looks at presses that nobody answers.
func TestAPressMustBeAnswered(t *testing.T) {
	town := &Town{telegram: sim.New(sim.Options{}), acts: []act{{what: "presses", pressed: "1"}}}
	var r Result
	r.compare(town, Kept{}, judge{})
	if !slices.Equal(r.Lost, []string{"presses: the press was not answered"}) {
		t.Errorf("%q", r.Lost)
	}
}

// TestAThingMustStandAsItWasLeft looks at the last act that says so, in the database
// and on the card.
func TestAThingMustStandAsItWasLeft(t *testing.T) {
	telegram, wire, person := onWire(t)
	if !call(t, telegram, wire, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"item-1 Selesai"}`, person)) {
		t.Fatal("not sent")
	}
	town := &Town{telegram: telegram, acts: []act{
		{what: "makes", leaves: standing{"item-1", "new", person, "Baru"}}, {what: "accepts", leaves: standing{"item-1", "done", person, "Selesai"}}}}
	for state, lost := range map[string]int{"done": 0, "new": 1} {
		var r Result
		if r.compare(town, Kept{States: map[string]string{"item-1": state}}, judge{}); len(r.Lost) != lost {
			t.Errorf("%s: %q", state, r.Lost)
		}
	}
	town.acts = town.acts[:1]
	var r Result
	r.compare(town, Kept{States: map[string]string{"item-1": "new"}}, judge{})
	if len(r.Lost) != 1 || !strings.Contains(r.Lost[0], "no card") {
		t.Errorf("%q", r.Lost)
	}
}

// TestACardHoldsAWordButDoesNotOpenWithIt: what a card says when it is sent anew is not the
// message that says the same.
func TestACardHoldsAWordButDoesNotOpenWithIt(t *testing.T) {
	wanted := opening(7, "Q-1 ditutup")
	for text, meets := range map[string]bool{"Q-1 ditutup: terjawab.": true, "Q-1 dari Forum\nQ-1 ditutup: terjawab.": false} {
		if wanted.meets(Said{Chat: 7, Text: text}) != meets {
			t.Errorf("%q: want %t", text, meets)
		}
	}
}

package town

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// onWire is a person with whom a bot talks over a wire.
func onWire(t *testing.T) (*sim.Server, *Wire, int64) {
	t.Helper()
	telegram := sim.New(sim.Options{})
	wire, err := NewWire(telegram)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := wire.Close(); err != nil {
			t.Error(err)
		}
	})
	person := telegram.Person(sim.Person{FirstName: "Baso"})
	telegram.Say(sim.Message{Chat: person, Person: person, Text: "halo"})
	return telegram, wire, person
}

// call makes one call on a line of its own, and tells whether an answer came.
func call(t *testing.T, telegram *sim.Server, wire *Wire, method, body string) bool {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post(wire.Base()+"/bot"+telegram.Token()+"/"+method, "application/json", strings.NewReader(body))
	if err != nil {
		return false
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	return response.StatusCode == http.StatusOK
}

func TestTheProgramEndsAtTheSendThatWasPicked(t *testing.T) {
	for phase, want := range map[Phase]struct {
		shown    int
		answered bool
	}{Before: {1, false}, After: {2, false}, Answered: {2, true}} {
		t.Run(phase.String(), func(t *testing.T) {
			telegram, wire, person := onWire(t)
			var ended atomic.Int64
			done := wire.EndAt(2, phase, func() { ended.Store(int64(wire.Sends())) })
			send := func(text string) bool {
				return call(t, telegram, wire, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":%q,"reply_markup":{"inline_keyboard":[[{"text":"Siap","callback_data":"1"}]]}}`, person, text))
			}
			if !send("one") || !call(t, telegram, wire, "getMe", "{}") || ended.Load() != 0 {
				t.Fatal("it ended before")
			}
			answered := send("two")
			<-done
			said := wire.Said()
			if answered != want.answered || len(said) != want.shown || ended.Load() != 2 || wire.Never() {
				t.Errorf("answered: %v; ended at %d; %+v", answered, ended.Load(), said)
			}
			if said[0].Text != "one" || said[0].Chat != person || len(said[0].Buttons) != 1 || said[0].Buttons[0] != "Siap" {
				t.Errorf("%+v", said[0])
			}
			for deadline := time.Now().Add(10 * time.Second); !wire.Drained(); {
				if time.Now().After(deadline) {
					t.Fatal("lines stay open of which the bot knows nothing any more")
				}
			}
		})
	}
}

func TestTheProgramEndsWhenItWasHandedSomething(t *testing.T) {
	telegram, wire, person := onWire(t)
	done := wire.EndAt(0, Handed, func() {})
	if !call(t, telegram, wire, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"one"}`, person)) {
		t.Error("a send met the end that is meant for a poll")
	}
	if !call(t, telegram, wire, "getUpdates", `{"timeout":0}`) {
		t.Error("the updates were not handed over")
	}
	<-done
	last := telegram.LastUpdateID() + 1
	done = wire.EndAt(0, Handed, func() {})
	if call(t, telegram, wire, "getUpdates", fmt.Sprintf(`{"timeout":0,"offset":%d}`, last)); !wire.Never() {
		t.Error("a poll that hands nothing over has ended it")
	}
	select {
	case <-done:
		t.Error("what was taken back has happened")
	default:
	}
}

package sim

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFaults(t *testing.T) {
	for _, row := range []struct {
		name        string
		fault       Fault
		status      int
		description string
		effect      bool
	}{
		{"429", Fault{Kind: Error429, RetryAfter: 7}, 429, "Too Many Requests: retry after 7", false},
		{"500", Fault{Kind: Error500}, 500, "Internal Server Error", false},
		{"502 page", Fault{Kind: Error502HTML}, 502, "", false},
		{"401", Fault{Kind: Unauthorized401}, 401, "Unauthorized", false},
		{"409", Fault{Kind: Conflict409}, 409, conflict().description, false},
		{"any", Fault{Kind: Refuse, Code: 400, Description: "Bad Request: PEER_FLOOD"}, 400, "Bad Request: PEER_FLOOD", false},
		{"slow", Fault{Kind: Slow, Delay: time.Millisecond}, 200, "", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.Fail(row.fault)
			call := parameters{"chat_id": c.siti, "text": "Halo"}
			before := len(c.Messages(c.siti))
			got := c.ask("sendMessage", call)
			if got.status != row.status || got.Description != row.description {
				t.Errorf("got %d %s", got.status, got.raw)
			}
			if row.fault.RetryAfter > 0 && (got.Parameters.RetryAfter != 7 || got.retryHeader != "7") {
				t.Errorf("retry after %d, header %q", got.Parameters.RetryAfter, got.retryHeader)
			}
			if happened := len(c.Messages(c.siti)) > before; happened != row.effect {
				t.Errorf("the message stands: %v", happened)
			}
			c.sent("sendMessage", call)
		})
	}
}

func TestBrokenLines(t *testing.T) {
	for _, row := range []struct {
		name    string
		kind    FaultKind
		effect  bool
		outcome string
	}{{"before", BreakBefore, false, "line broken before"}, {"after", BreakAfter, true, "200, line broken after"}} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			c.Fail(Fault{Method: "sendMessage", Chat: c.siti, Kind: row.kind})
			body := `{"chat_id":"` + strconv.FormatInt(c.siti, 10) + `","text":"Halo"}`
			before := len(c.Messages(c.siti))
			answer, err := http.Post(c.url+"/bot"+c.Token()+"/sendMessage", "application/json", bytes.NewReader([]byte(body)))
			if err == nil {
				answer.Body.Close()
				t.Fatalf("the line did not break: %s", answer.Status)
			}
			if happened := len(c.Messages(c.siti)) > before; happened != row.effect {
				t.Errorf("the message stands: %v", happened)
			}
			calls := c.Calls()
			if last := calls[len(calls)-1]; last.Outcome != row.outcome || last.Chat != c.siti || last.Method != "sendMessage" {
				t.Errorf("recorded as %+v", last)
			}
		})
	}
}

func TestFaultsChooseTheirCalls(t *testing.T) {
	c := newCity(t, Options{})
	c.Fail(Fault{Method: "sendMessage", Chat: c.pokja, After: 2, Times: 2, Kind: Error500})
	var got []int
	for _, chat := range []int64{c.siti, c.pokja, c.siti, c.pokja, c.pokja, c.pokja, c.pokja} {
		got = append(got, c.ask("sendMessage", parameters{"chat_id": chat, "text": "Halo"}).status)
	}
	if want := []int{200, 200, 200, 200, 500, 500, 200}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	c.Fail(Fault{Times: -1, Kind: Error500})
	for range 3 {
		if got := c.ask("getMe", nil); got.status != 500 {
			t.Errorf("a fault for ever ended: %s", got.raw)
		}
	}
	if got := c.ask("getUpdates", nil); got.status != 200 {
		t.Errorf("a fault of any method met getUpdates: %s", got.raw)
	}
	c.Heal()
	if got := c.ask("getMe", nil); got.status != 200 {
		t.Errorf("not healed: %s", got.raw)
	}
}

func TestABrokenLineCarriesNothing(t *testing.T) {
	c := newCity(t, Options{})
	call := func(method, body string) error {
		answer, err := http.Post(c.url+"/bot"+c.Token()+"/"+method, "application/json", strings.NewReader(body))
		if err == nil {
			answer.Body.Close()
		}
		return err
	}
	changed, done := c.Subscribe()
	defer done()
	held := make(chan error, 1)
	go func() { held <- call("getUpdates", `{"timeout":50}`) }()
	for !c.PollWaiting() {
		<-changed
	}
	c.BreakLine()
	if err := <-held; err == nil {
		t.Error("the poll that was held open got an answer")
	}
	for _, method := range []string{"getMe", "getUpdates", "sendMessage"} {
		if err := call(method, `{}`); err == nil {
			t.Errorf("%s got through", method)
		}
	}
	c.Say(Message{Chat: c.siti, Person: c.siti, Text: "Halo"})
	if !c.LineBroken() {
		t.Error("the line is not broken")
	}
	c.MendLine()
	if updates := c.ask("getUpdates", parameters{"timeout": 0}); !strings.Contains(string(updates.raw), "Halo") || c.LineBroken() {
		t.Errorf("what was written meanwhile does not wait: %s", updates.raw)
	}
}

func TestDelayHoldsBackAnswersOnly(t *testing.T) {
	c := newCity(t, Options{})
	c.Delay(30 * time.Millisecond)
	begin := time.Now()
	c.sent("sendMessage", parameters{"chat_id": c.siti, "text": "Halo"})
	if waited := time.Since(begin); waited < 30*time.Millisecond {
		t.Errorf("answered after %v", waited)
	}
}

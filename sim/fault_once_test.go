package sim

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestEveryCallFailsTheFirstTimeItIsMade(t *testing.T) {
	c := newCity(t, Options{})
	c.FailEachOnce(EachOnce{Kinds: []FaultKind{Error429, Error500}, RetryAfter: 1})
	var got []int
	for _, text := range []string{"Halo", "Halo", "Apa kabar?", "Apa kabar?", "Halo", "Halo"} {
		got = append(got, c.ask("sendMessage", parameters{"chat_id": c.siti, "text": text}).status)
	}
	if want := []int{429, 200, 500, 200, 429, 200}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	got = nil
	for _, poll := range []parameters{{"offset": 5, "timeout": 0}, {"offset": 5, "timeout": 0, "limit": 1}, {"offset": 6, "timeout": 0}} {
		got = append(got, c.ask("getUpdates", poll).status)
	}
	if want := []int{500, 200, 429}; !slices.Equal(got, want) {
		t.Errorf("polls got %v, want %v", got, want)
	}
	c.ask("getMe", nil)
	struck := c.Struck()
	if struck.Calls != 6 || struck.Failed != 6 || struck.ByMethod["sendmessage"] != 3 || !slices.Equal(struck.Never, []string{"getme"}) || struck.Twice != 0 {
		t.Errorf("counted %+v", struck)
	}
}

func TestOnlyOneCallFails(t *testing.T) {
	c := newCity(t, Options{})
	c.FailEachOnce(EachOnce{Kinds: []FaultKind{Error500}, Only: 2})
	var got []int
	for _, text := range []string{"satu", "dua", "dua", "tiga"} {
		got = append(got, c.ask("sendMessage", parameters{"chat_id": c.siti, "text": text}).status)
	}
	if want := []int{200, 500, 200, 200}; !slices.Equal(got, want) || c.Struck().Failed != 1 {
		t.Errorf("got %v, want %v; counted %+v", got, want, c.Struck())
	}
}

func TestAMessageIsLinkedToTheOneThatSaysItOnceMore(t *testing.T) {
	button := func(text, data string) parameters {
		return parameters{"inline_keyboard": []any{[]any{parameters{"text": text, "callback_data": data}}}}
	}
	for _, row := range []struct {
		name        string
		first, then parameters
		linked      bool
		newer       int
	}{
		{"word for word", parameters{"text": "Halo"}, parameters{"text": "Halo"}, true, 0},
		{"something else", parameters{"text": "Halo"}, parameters{"text": "Apa kabar?"}, false, 0},
		{"a card that is newer by then", parameters{"text": "Baru", "reply_markup": button("Siap", "s:1")},
			parameters{"text": "Dikerjakan", "reply_markup": button("Siap", "s:1")}, true, 1},
		{"another card", parameters{"text": "Baru", "reply_markup": button("Siap", "s:1")},
			parameters{"text": "Baru", "reply_markup": button("Siap", "s:2")}, false, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := newCity(t, Options{})
			before := len(c.Messages(c.siti))
			row.first["chat_id"], row.then["chat_id"] = c.siti, c.siti
			c.FailEachOnce(EachOnce{Kinds: []FaultKind{BreakAfter}})
			c.breaks("sendMessage", row.first)
			if row.linked {
				c.sent("sendMessage", row.then)
			} else {
				c.breaks("sendMessage", row.then)
			}
			said := c.Messages(c.siti)[before:]
			if len(said) != 2 || (said[0].Again == said[1].ID) != row.linked || said[1].Again != 0 {
				t.Errorf("there stand %+v", said)
			}
			if struck := c.Struck(); struck.Newer != row.newer || (struck.Twice == 1) != row.linked {
				t.Errorf("counted %+v", struck)
			}
		})
	}
}

func TestHalfOfAFileComesWhereTheLineBreaks(t *testing.T) {
	c := newCity(t, Options{})
	c.Say(Message{Chat: c.siti, Person: c.siti, Document: &File{Name: "laporan.pdf", Bytes: []byte("isi laporan")}})
	got := c.ask("getFile", parameters{"file_id": c.takeUpdates(0)[0].Message.Document.ID})
	_, rest, _ := strings.Cut(got.raw, `"file_path":"`)
	place, _, _ := strings.Cut(rest, `"`)
	c.FailEachOnce(EachOnce{Kinds: []FaultKind{BreakAfter}})
	for _, want := range []string{"isi l", "isi laporan"} {
		answer, err := http.Get(c.url + "/file/bot" + c.Token() + "/" + place)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if string(content) != want || (err != nil) != (want == "isi l") {
			t.Errorf("downloaded %q, %v", content, err)
		}
	}
}

// breaks sends a call that must get no answer.
func (c *city) breaks(method string, call parameters) {
	c.t.Helper()
	body, err := json.Marshal(call)
	if err != nil {
		c.t.Fatal(err)
	}
	answer, err := http.Post(c.url+"/bot"+c.Token()+"/"+method, "application/json", bytes.NewReader(body))
	if err == nil {
		answer.Body.Close()
		c.t.Errorf("the line did not break: %s", answer.Status)
	}
}

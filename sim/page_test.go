package sim

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// cityClock is the bot's side as the page needs it.
type cityClock struct {
	city *city
	due  []time.Time
	botSide
}

var wita = time.FixedZone("WITA", 8*3600)

func (c *cityClock) Now() time.Time { return c.city.clock.In(wita) }

func (c *cityClock) Advance(_ context.Context, to time.Time) error {
	c.city.clock = to
	c.due = slices.DeleteFunc(c.due, func(due time.Time) bool { return !due.After(to) })
	return nil
}

func (c *cityClock) Next() (time.Time, bool) {
	if len(c.due) == 0 {
		return time.Time{}, false
	}
	return c.due[0], true
}

type openPage struct {
	*city
	side *cityClock
	page string
}

func newPage(t *testing.T) *openPage {
	t.Helper()
	c := newCity(t, Options{})
	side := &cityClock{city: c, due: []time.Time{c.clock.Add(24 * time.Hour)}}
	server := httptest.NewServer(c.Page(side))
	t.Cleanup(server.Close)
	return &openPage{city: c, side: side, page: server.URL}
}

// do sends a request with the given headers, and the body in place of the form if there is one, and returns status and
// body.
func (p *openPage) do(method, path string, form url.Values, headers map[string]string, body ...byte) (int, string) {
	p.t.Helper()
	if body == nil {
		body = []byte(form.Encode())
	}
	request, err := http.NewRequest(method, p.page+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", p.page)
	for name, value := range headers {
		request.Header.Set(name, value)
		if name == "Host" {
			request.Host = value
		}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func (p *openPage) state(person, chat int64) pageState {
	p.t.Helper()
	_, body := p.do(http.MethodGet, "/api/state?person="+strconv.FormatInt(person, 10)+"&chat="+strconv.FormatInt(chat, 10), nil, nil)
	var state pageState
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		p.t.Fatalf("%s: %v", body, err)
	}
	return state
}

func (p *openPage) act(path string, person, chat int64, more ...string) (int, string) {
	p.t.Helper()
	form := url.Values{"person": {strconv.FormatInt(person, 10)}, "chat": {strconv.FormatInt(chat, 10)}}
	for at := 0; at+1 < len(more); at += 2 {
		form.Set(more[at], more[at+1])
	}
	kind, body := multipartOf(p.t, flat(form), "", "", nil)
	request, err := http.NewRequest(http.MethodPost, p.page+path, strings.NewReader(string(body)))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Origin", p.page)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(content)
}

func flat(form url.Values) map[string]string {
	fields := map[string]string{}
	for name := range form {
		fields[name] = form.Get(name)
	}
	return fields
}

func TestPageIsGuarded(t *testing.T) {
	p := newPage(t)
	for _, row := range []struct {
		name, method, path string
		headers            map[string]string
		status             int
	}{
		{"its own host", http.MethodGet, "/", nil, 200},
		{"localhost", http.MethodGet, "/", map[string]string{"Host": "localhost:9"}, 200},
		{"six", http.MethodGet, "/", map[string]string{"Host": "[::1]:9"}, 200},
		{"a name that points here", http.MethodGet, "/api/state", map[string]string{"Host": "contoh.id"}, 403},
		{"another address", http.MethodGet, "/", map[string]string{"Host": "10.0.0.1:80"}, 403},
		{"change from another site", http.MethodPost, "/api/clock", map[string]string{"Origin": "http://contoh.id"}, 403},
		{"change without origin", http.MethodPost, "/api/clock", map[string]string{"Origin": ""}, 403},
		{"change from another port", http.MethodPost, "/api/say", map[string]string{"Origin": "http://127.0.0.1:1"}, 403},
		{"reading what changes", http.MethodGet, "/api/say", nil, 404},
	} {
		t.Run(row.name, func(t *testing.T) {
			if status, body := p.do(row.method, row.path, nil, row.headers); status != row.status {
				t.Errorf("got %d %s", status, body)
			}
		})
	}
}

func TestPageShowsWhatAPersonSees(t *testing.T) {
	p := newPage(t)
	thread := p.Topic(p.dewan, "Rapat")
	p.sent("sendMessage", parameters{"chat_id": p.pokja, "text": "Kapan?", "reply_markup": parameters{"force_reply": true},
		"reply_parameters": parameters{"message_id": p.sitiMessage}})
	state := p.state(p.siti, p.pokja)
	if state.Clock != (pageTime{Day: "2026-11-25", Time: "09.00", Zone: "WITA"}) || state.Next == nil || state.Next.Day != "2026-11-26" {
		t.Errorf("clock %+v, next %+v", state.Clock, state.Next)
	}
	if len(state.People) != 2 || len(state.Chats) != 3 || state.Chats[0].Kind != kindPrivate || state.Chats[1].Last != "Kapan?" {
		t.Errorf("people %+v, chats %+v", state.People, state.Chats)
	}
	messages := state.Chat.Messages
	if talk, command := messages[1], messages[len(messages)-1]; !talk.Unseen || command.Unseen {
		t.Errorf("talk %+v, command %+v", talk, command)
	}
	last := messages[len(messages)-1]
	if !last.Bot || !last.Asks || last.Quote == nil || last.Quote.Text != "selamat pagi" || last.When.Time != "09.00" {
		t.Errorf("last message %+v", last)
	}
	if others := p.state(p.baso, p.pokja).Chat.Messages; others[len(others)-1].Asks {
		t.Error("the question is put to somebody else as well")
	}
	if topics := p.state(p.siti, p.dewan).Chat.Topics; len(topics) != 1 || topics[0].ID != thread {
		t.Errorf("topics %+v", topics)
	}
	if p.state(p.baso, p.dewan).Chat != nil || p.state(p.baso, p.siti).Chat != nil {
		t.Error("a person sees a chat that is not theirs")
	}
	if chat := p.state(p.baso, p.baso).Chat; chat == nil || chat.Started {
		t.Errorf("the chat that was never started: %+v", chat)
	}
}

func TestPageActs(t *testing.T) {
	p := newPage(t)
	if status, body := p.act("/api/say", p.baso, p.baso, "text", "/start T-12"); status != 200 {
		t.Fatal(body)
	}
	if said := p.takeUpdates(0); len(said) != 1 || said[0].Message.Text != "/start T-12" {
		t.Errorf("got %+v", said)
	}
	p.act("/api/say", p.siti, p.pokja, "text", "siap", "message", strconv.Itoa(p.greeting))
	messages := p.Messages(p.pokja)
	said := messages[len(messages)-1]
	if said.Text != "siap" || said.ReplyTo != p.greeting || !said.Delivered {
		t.Errorf("said %+v", said)
	}
	if status, _ := p.act("/api/edit", p.siti, p.pokja, "text", "siap!", "message", strconv.Itoa(said.ID)); status != 200 {
		t.Error("one's own message cannot be edited")
	}
	if status, _ := p.act("/api/edit", p.baso, p.pokja, "text", "ganti", "message", strconv.Itoa(said.ID)); status != 404 {
		t.Error("another's message can be edited")
	}
	for _, row := range []struct {
		name   string
		person int64
		chat   int64
		text   string
		status int
	}{
		{"in another's chat", p.baso, p.siti, "halo", 404},
		{"by nobody", 0, p.pokja, "halo", 404},
		{"nothing", p.siti, p.pokja, "  ", 400},
		{"too much", p.siti, p.pokja, strings.Repeat("a", 4097), 400},
	} {
		if status, body := p.act("/api/say", row.person, row.chat, "text", row.text); status != row.status {
			t.Errorf("%s: %d %s", row.name, status, body)
		}
	}
}

func TestPagePresses(t *testing.T) {
	p := newPage(t)
	next := p.LastUpdateID() + 1
	answered := make(chan string, 1)
	go func() {
		_, body := p.act("/api/press", p.baso, p.pokja, "message", strconv.Itoa(p.greeting), "button", "Siap")
		answered <- body
	}()
	press := p.updatesOf(<-p.poll(next, 50))[0].Press
	p.ask("answerCallbackQuery", parameters{"callback_query_id": press.ID, "text": "Tercatat"})
	if body := <-answered; body != `{"alert":false,"text":"Tercatat","url":""}` {
		t.Errorf("got %s", body)
	}
	if status, _ := p.act("/api/press", p.baso, p.pokja, "message", strconv.Itoa(p.greeting), "button", "Tidak ada"); status != 404 {
		t.Errorf("a button that is not there answers %d", status)
	}
}

func TestPageMovesTheClock(t *testing.T) {
	start := time.Date(2026, 11, 25, 9, 0, 0, 0, wita)
	for _, row := range []struct {
		name   string
		form   url.Values
		status int
		want   time.Time
	}{
		{"hour", url.Values{"by": {"hour"}}, 200, start.Add(time.Hour)},
		{"day", url.Values{"by": {"day"}}, 200, start.AddDate(0, 0, 1)},
		{"next reminder", url.Values{"by": {"next"}}, 200, start.AddDate(0, 0, 1)},
		{"date", url.Values{"by": {"date"}, "to": {"2026-12-04T16:00"}}, 200, time.Date(2026, 12, 4, 16, 0, 0, 0, wita)},
		{"back", url.Values{"by": {"date"}, "to": {"2026-11-24T16:00"}}, 409, start},
		{"no date", url.Values{"by": {"date"}, "to": {"besok"}}, 409, start},
		{"nothing", nil, 409, start},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newPage(t)
			status, body := p.do(http.MethodPost, "/api/clock", row.form, nil)
			if status != row.status || !p.side.Now().Equal(row.want) {
				t.Errorf("got %d %s, clock %v", status, body, p.side.Now())
			}
		})
	}
	p := newPage(t)
	p.side.due = nil
	if status, body := p.do(http.MethodPost, "/api/clock", url.Values{"by": {"next"}}, nil); status != 409 || !strings.Contains(body, "no_reminder") {
		t.Errorf("without a reminder: %d %s", status, body)
	}
}

func TestPageTellsOfChanges(t *testing.T) {
	p := newPage(t)
	answer, err := http.Get(p.page + "/api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	if !lines.Scan() || lines.Text() != "retry: 300" || !lines.Scan() {
		t.Errorf("does not say how soon to ask again: %q", lines.Text())
	}
	for at := range 2 {
		if !lines.Scan() || lines.Text() != "data: changed" || !lines.Scan() {
			t.Fatalf("event %d: %q", at, lines.Text())
		}
		p.Say(Message{Chat: p.siti, Person: p.siti, Text: "halo"})
	}
}

func TestPageGivesFiles(t *testing.T) {
	p := newPage(t)
	p.Say(Message{Chat: p.siti, Person: p.siti, Document: &File{Name: "a.html", Bytes: []byte("<script>")}})
	chat := p.state(p.siti, p.siti).Chat
	file := chat.Messages[len(chat.Messages)-1].File
	answer, err := http.Get(p.page + "/api/file?id=" + file.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); kind != "application/octet-stream" ||
		answer.Header.Get("Content-Disposition") != "attachment; filename=a.html" {
		t.Errorf("a page sent as a file comes as %s, %s", kind, answer.Header.Get("Content-Disposition"))
	}
}

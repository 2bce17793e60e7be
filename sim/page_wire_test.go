package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// wire asks the page for what went over the line.
func (p *openPage) wire(more string) pageWire {
	p.t.Helper()
	status, body := p.do(http.MethodGet, "/api/wire?"+more, nil, nil)
	var shown pageWire
	if err := json.Unmarshal([]byte(body), &shown); err != nil || status != http.StatusOK {
		p.t.Fatalf("%d %s: %v", status, body, err)
	}
	return shown
}

// whole asks for an entry with its bodies.
func (p *openPage) whole(number int64) pageWireWhole {
	p.t.Helper()
	status, body := p.do(http.MethodGet, fmt.Sprintf("/api/wire/%d", number), nil, nil)
	var shown pageWireWhole
	if err := json.Unmarshal([]byte(body), &shown); err != nil || status != http.StatusOK {
		p.t.Fatalf("%d %s: %v", status, body, err)
	}
	return shown
}

// lines are the entries in short.
func (w pageWire) lines() []string {
	lines := []string{}
	for _, entry := range w.Entries {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %d %s", entry.Name, entry.Code, strings.Join(entry.Faults, " "))))
	}
	return lines
}

func (p *openPage) wantLines(more string, want ...string) {
	p.t.Helper()
	if got := p.wire(more).lines(); !slices.Equal(got, want) {
		p.t.Errorf("%q shows\n%s\nwant\n%s", more, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPageShowsCallsAndUpdates(t *testing.T) {
	p := newPage(t)
	p.Say(Message{Chat: p.siti, Person: p.siti, Text: "/menu"})
	p.takeUpdates(0)
	id := p.sent("sendMessage", parameters{"chat_id": p.siti, "text": "<b>Siap?</b>", "parse_mode": "HTML", "reply_markup": keyboardOf("Siap", "v1:ok")})
	press, err := p.Press(p.siti, id, p.siti, "Siap")
	if err != nil {
		t.Fatal(err)
	}
	p.takeUpdates(p.LastUpdateID())
	p.ask("answerCallbackQuery", parameters{"callback_query_id": press, "text": "Baik"})
	p.ask("sendMessage", parameters{"chat_id": 4711, "text": "Halo"})
	p.ask("getMe", parameters{})

	p.wantLines("", "message 0", "sendMessage 200", "callback_query 0", "answerCallbackQuery 200", "sendMessage 400", "getMe 200")
	siti := fmt.Sprint("chat=", p.siti)
	p.wantLines(siti, "message 0", "sendMessage 200", "callback_query 0", "answerCallbackQuery 200")
	p.wantLines(siti+"&after=2&kind=call", "answerCallbackQuery 200")
	p.wantLines("kind=update&after=1", "callback_query 0")
	p.wantLines("kind=sendMessage", "sendMessage 200", "sendMessage 400")
	if shown := p.wire("after=6"); shown.First != 1 || shown.Last != 6 || len(shown.Names) != 5 {
		t.Errorf("%+v", shown)
	}
	sent := p.whole(2)
	if want := `{"chat_id":100000001,"parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"callback_data":"v1:ok","text":"Siap"}]]},"text":"<b>Siap?</b>"}`; strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(sent.Params)) != want {
		t.Errorf("parameters %s", sent.Params)
	}
	if !strings.HasPrefix(string(sent.Answer), `{"ok":true,"result":{"message_id":`) || sent.Title == "" || sent.Took <= 0 || sent.At == 0 {
		t.Errorf("%+v, answer %s", sent.pageWireEntry, sent.Answer)
	}
	if words := []string{p.whole(1).Words, p.whole(3).Words, sent.Words}; !slices.Equal(words, []string{"/menu", "v1:ok", "<b>Siap?</b>"}) {
		t.Errorf("in short %q", words)
	}
	if update := p.whole(1); !strings.Contains(string(update.Params), `"text":"/menu"`) || update.Curl != "" {
		t.Errorf("update %s %s", update.Params, update.Curl)
	}
	if status, _ := p.do(http.MethodGet, "/api/wire/7", nil, nil); status != http.StatusNotFound {
		t.Errorf("what is not there answers %d", status)
	}
}

func TestPageShowsFaultsOnTheLine(t *testing.T) {
	for _, row := range []struct {
		name  string
		fault Fault
		want  string
	}{
		{"rate limit", Fault{Kind: Error429}, "sendMessage 429 429"},
		{"server's mistake", Fault{Kind: Error500}, "sendMessage 500 500"},
		{"page of a front end", Fault{Kind: Error502HTML}, "sendMessage 502 502"},
		{"broken before", Fault{Kind: BreakBefore}, "sendMessage 0 before"},
		{"broken after", Fault{Kind: BreakAfter}, "sendMessage 0 after"},
		{"late", Fault{Kind: Slow, Delay: time.Millisecond}, "sendMessage 200 slow"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newPage(t)
			p.Fail(row.fault)
			answer, err := http.Post(p.url+"/bot"+p.Token()+"/sendMessage", "application/json", strings.NewReader(fmt.Sprintf(`{"chat_id":%d,"text":"Halo"}`, p.siti)))
			if err == nil {
				answer.Body.Close()
			}
			p.wantLines("", row.want)
			if row.fault.Kind == Error502HTML && !strings.Contains(string(p.whole(1).Answer), "Bad Gateway") {
				t.Errorf("answer %s", p.whole(1).Answer)
			}
		})
	}
}

func TestTheTokenIsNotOnTheWire(t *testing.T) {
	p := newPage(t)
	p.Say(Message{Chat: p.siti, Person: p.siti, Text: "token " + p.Token()})
	p.takeUpdates(0)
	p.sent("sendMessage", parameters{"chat_id": p.siti, "text": "token " + p.Token()})
	for number := range int64(2) {
		whole := p.whole(number + 1)
		if text := string(encode(whole)); strings.Contains(text, p.Token()) || !strings.Contains(text, "token $TOKEN") {
			t.Errorf("%s", text)
		}
	}
}

func TestCurlLines(t *testing.T) {
	p := newPage(t)
	p.sent("sendMessage", parameters{"chat_id": p.siti, "text": "Jum'at $HOME \"x\" <b>"})
	p.post(p.url+"/bot"+p.Token()+"/sendDocument", "multipart/form-data; boundary=x", []byte(strings.ReplaceAll(
		"--x\nContent-Disposition: form-data; name=\"chat_id\"\n\n100000001\n--x\nContent-Disposition: form-data; name=\"caption\"\n\n@siti 'ini'\n"+
			"--x\nContent-Disposition: form-data; name=\"document\"; filename=\"rekap; 'mei'.pdf\"\nContent-Type: application/pdf\n\n%PDF\n--x--\n", "\n", "\r\n")))
	p.post(p.url+"/bot"+p.Token()+"/send%60id%60", "application/json", []byte(`{}`))
	api := `curl -sS "` + p.url + `/bot$TOKEN/`
	for number, want := range []string{
		api + `sendMessage" -H 'Content-Type: application/json' -d '{"chat_id":100000001,"text":"Jum'\''at $HOME \"x\" <b>"}'`,
		api + `sendDocument" --form-string 'caption=@siti '\''ini'\''' --form-string 'chat_id=100000001' -F 'document=@"rekap; '\''mei'\''.pdf"'`,
		"",
	} {
		whole := p.whole(int64(number) + 1)
		if whole.Curl != want {
			t.Errorf("%s\nwant\n%s", whole.Curl, want)
		}
	}
	if uploads := p.whole(2).Uploads; len(uploads) != 1 || uploads[0] != (wireUpload{"document", "rekap; 'mei'.pdf", "application/pdf", 4}) {
		t.Errorf("%+v", uploads)
	}
}

func TestTheWireKeepsOnlySoMuch(t *testing.T) {
	c := newCity(t, Options{})
	c.ask("getMe", parameters{})
	if kept, last := c.Server.wire.kept(); last != 0 || len(kept) != 0 {
		t.Fatal("something is kept before a page is served")
	}
	var log wireLog
	for range mostWire + 10 {
		log.add([]*wireEntry{{params: json.RawMessage(`{}`)}})
	}
	if kept, last := log.kept(); len(kept) != mostWire || kept[0].number != 11 || last != mostWire+10 {
		t.Errorf("%d kept from %d to %d", len(kept), kept[0].number, last)
	}
	long := json.RawMessage(strings.Repeat(" ", mostWireBytes/10))
	for range 20 {
		log.add([]*wireEntry{{params: long}})
	}
	kept, _ := log.kept()
	sum := 0
	for _, entry := range kept {
		sum += entry.size()
	}
	if len(kept) != 10 || sum != log.bytes || sum > mostWireBytes {
		t.Errorf("%d kept, %d bytes, counted %d", len(kept), sum, log.bytes)
	}
	if body := c.Server.wireBody([]byte(`"` + strings.Repeat("x", mostWireBody) + `"`)); string(body) != fmt.Sprintf(`{"too_long_to_keep_bytes":%d}`, mostWireBody+2) {
		t.Errorf("%s", body)
	}
}
